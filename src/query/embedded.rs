//! The shipped passages, built into the program.

/// (file name, its text). A test holds this list equal to the folder.
pub const FILES: &[(&str, &str)] = &[
    (
        "animals.toml",
        include_str!("../../config/corpus/animals.toml"),
    ),
    (
        "astronomy.toml",
        include_str!("../../config/corpus/astronomy.toml"),
    ),
    (
        "computing.toml",
        include_str!("../../config/corpus/computing.toml"),
    ),
    (
        "economics.toml",
        include_str!("../../config/corpus/economics.toml"),
    ),
    (
        "engineering.toml",
        include_str!("../../config/corpus/engineering.toml"),
    ),
    ("food.toml", include_str!("../../config/corpus/food.toml")),
    (
        "geography.toml",
        include_str!("../../config/corpus/geography.toml"),
    ),
    (
        "language.toml",
        include_str!("../../config/corpus/language.toml"),
    ),
    ("law.toml", include_str!("../../config/corpus/law.toml")),
    (
        "materials.toml",
        include_str!("../../config/corpus/materials.toml"),
    ),
    (
        "medicine.toml",
        include_str!("../../config/corpus/medicine.toml"),
    ),
    ("music.toml", include_str!("../../config/corpus/music.toml")),
    (
        "oceans.toml",
        include_str!("../../config/corpus/oceans.toml"),
    ),
    ("sport.toml", include_str!("../../config/corpus/sport.toml")),
];
