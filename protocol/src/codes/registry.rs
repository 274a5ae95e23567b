//! Code lists of the registrar's records.

use super::code_list;

code_list! {
    /// What a municipal reform did. The kinds of change in Statistics Norway's KLASS 131.
    SuccessionType in "succession_type" {
        Merger = "merger": "sammenslåing" | "samanslåing" | "merger",
        Split = "split": "deling" | "deling" | "split",
        NewNumber = "new_number": "nytt kommunenummer" | "nytt kommunenummer" | "new number",
        Rename = "rename": "nytt navn" | "nytt namn" | "new name",
        CountyChange = "county_change": "nytt fylke" | "nytt fylke" | "new county",
        Boundary = "boundary": "grensejustering" | "grensejustering" | "boundary adjustment",
    }
}

code_list! {
    /// Who takes over the cases of those that a reform ended.
    Inherits in "inherits" {
        All = "all": "alle saker" | "alle saker" | "every case",
        PerCase = "per_case": "sak for sak" | "sak for sak" | "case by case",
        Shared = "shared": "i fellesskap" | "i fellesskap" | "jointly",
    }
}

code_list! {
    /// Why a node's key no longer writes.
    RevocationReason in "revocation_reason" {
        Left = "left": "medlemskapet er avsluttet" | "medlemskapen er avslutta" | "membership ended",
        KeyReplaced = "key_replaced": "nøkkelen er byttet" | "nøkkelen er bytt" | "key replaced",
        KeyLost = "key_lost": "nøkkelen er tapt" | "nøkkelen er tapt" | "key lost",
        KeyCompromised = "key_compromised": "nøkkelen er på avveie" | "nøkkelen er på avvegar" | "key compromised",
        Reform = "reform": "kommunereform" | "kommunereform" | "municipal reform",
        Misuse = "misuse": "misbruk" | "misbruk" | "misuse",
    }
}
