//! The body of a request: read once, hashed, compared with what was signed.

use super::{Presented, Rejection, header};
use crate::{Py, body_hash::body_hash};

/// The body as a dict of fields.
///
/// Errors as a real axon's: a wrong content type, an empty body or one that isn't an object is a 500,
/// text that isn't JSON a 422.
pub fn read_fields(
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Vec<(String, Py)>, Rejection> {
    if !content_type.is_some_and(|value| {
        value
            .trim()
            .to_ascii_lowercase()
            .starts_with("application/json")
    }) {
        let value = content_type.unwrap_or_default().into();
        return Err(Rejection::BadHeader {
            name: header::CONTENT_TYPE.into(),
            value,
        });
    }
    if body.is_empty() {
        return Err(Rejection::BadBody("empty".into()));
    }
    let text = std::str::from_utf8(body).map_err(|e| Rejection::BadJson(e.to_string()))?;
    match Py::from_json(text).map_err(|e| Rejection::BadJson(e.to_string()))? {
        Py::Dict(fields) => Ok(fields),
        _ => Err(Rejection::BadBody("not an object".into())),
    }
}

/// Compares the hash that was signed with that of the fields named in `hashed` (the synapse's
/// `required_hash_fields`).
pub fn check_body(
    asked: &Presented,
    fields: &[(String, Py)],
    hashed: &[&str],
) -> Result<(), Rejection> {
    let value = |name: &&str| {
        let field = fields.iter().find(|(key, _)| key == name);
        field
            .map(|(_, value)| value)
            .ok_or_else(|| Rejection::BadBody(format!("field {name} is missing")))
    };
    let actual = body_hash(hashed.iter().map(value).collect::<Result<Vec<_>, _>>()?);
    let claimed = asked.body_hash.clone().unwrap_or_default();
    if actual != claimed {
        return Err(Rejection::BodyHash { claimed, actual });
    }
    Ok(())
}
