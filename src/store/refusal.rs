//! What a server says to a client that it won't have, and what helps: no waiting does.

use sqlx::Error;

const PASSWORD: &str =
    "Set the password in database.url (postgres://user:password@host/database), or in PGPASSWORD";
const ROLE: &str = "Make the role on the server (`createuser NAME`), or name another in database.url \
                    (postgres://user@host/database)";
/// Of a database that is not there.
pub const DATABASE: &str = "Make it on the server (`createdb NAME`), or name another in database.url (postgres://user@host/database)";
const ENCRYPT: &str = "The server takes encrypted connections alone: take sslmode=disable out of database.url, \
                       or write sslmode=require";
const ADMIT: &str =
    "Let this user and host in (the server's pg_hba.conf), or name another user in database.url";
const NO_TLS: &str = "Turn TLS on in the server (ssl = on), or take sslmode out of database.url: \
                      the connection is then not encrypted";
const UNTRUSTED: &str = "Name the authority that signed the server's certificate with sslrootcert=FILE in database.url, \
                         and the host as the certificate has it; sslmode=require encrypts without checking either";

/// Why, in the server's words, and the remedy; `None` for all that is no refusal.
pub fn refusal(e: &Error) -> Option<(String, &'static str)> {
    match e {
        Error::Database(db) => {
            let said = db.message();
            let remedy = match db.code()?.as_ref() {
                "28P01" => PASSWORD,
                "3D000" => DATABASE,
                "28000" if said.contains("does not exist") => ROLE,
                "28000" if said.ends_with("no encryption") => ENCRYPT,
                "28000" => ADMIT,
                _ => return None,
            };
            Some((said.to_owned(), remedy))
        }
        Error::Tls(e) => {
            let said = e.to_string();
            let remedy = match said.contains("does not support") {
                true => NO_TLS,
                false => UNTRUSTED,
            };
            Some((said, remedy))
        }
        Error::Io(e) => {
            let tls = e.get_ref()?.downcast_ref::<rustls::Error>()?;
            matches!(tls, rustls::Error::InvalidCertificate(_))
                .then(|| (tls.to_string(), UNTRUSTED))
        }
        _ => None,
    }
}
