//! Three small programs against the public API of Idenett, in `src/bin`; the sample records of the
//! demo are in `cases` and `needs`.
