//! Code lists of languages, licences, needs, comments and what takes a record back.

use super::code_list;

code_list! {
    /// The language of a text, by its ISO 639-1 code.
    Lang in "lang" {
        Nb = "nb": "bokmål" | "bokmål" | "Norwegian Bokmål",
        Nn = "nn": "nynorsk" | "nynorsk" | "Norwegian Nynorsk",
        Se = "se": "nordsamisk" | "nordsamisk" | "North Sámi",
        En = "en": "engelsk" | "engelsk" | "English",
    }
}

code_list! {
    /// Under what licence a text may be used, by its SPDX identifier.
    Licence in "licence" {
        CcBy = "CC-BY-4.0": "Creative Commons Navngivelse 4.0" | "Creative Commons Namngjeving 4.0" | "Creative Commons Attribution 4.0",
        Cc0 = "CC0-1.0": "Creative Commons Zero 1.0 (fri bruk)" | "Creative Commons Zero 1.0 (fri bruk)" | "Creative Commons Zero 1.0 (public domain)",
        Nlod = "NLOD-2.0": "Norsk lisens for offentlige data 2.0" | "Norsk lisens for offentlege data 2.0" | "Norwegian Licence for Open Government Data 2.0",
    }
}

code_list! {
    /// Where a need stands.
    NeedStatus in "need_status" {
        Open = "open": "åpent" | "ope" | "open",
        InDialogue = "in_dialogue": "i dialog" | "i dialog" | "in dialogue",
        Met = "met": "dekket" | "dekt" | "met",
        Withdrawn = "withdrawn": "trukket" | "trekt" | "withdrawn",
    }
}

code_list! {
    /// How soon a need wants a solution.
    Urgency in "urgency" {
        Low = "low": "kan vente" | "kan vente" | "can wait",
        Medium = "medium": "innen et år" | "innan eit år" | "within a year",
        High = "high": "haster" | "hastar" | "urgent",
    }
}

code_list! {
    /// What a comment is.
    CommentKind in "comment" {
        Question = "question": "spørsmål" | "spørsmål" | "question",
        Answer = "answer": "svar" | "svar" | "answer",
        Experience = "experience": "erfaring" | "erfaring" | "experience",
        Improvement = "improvement": "forbedring" | "forbetring" | "improvement",
        Thanks = "thanks": "takk" | "takk" | "thanks",
    }
}

code_list! {
    /// What a programme or the registrar finds of another's record.
    Judgement in "judgement" {
        Recommended = "recommended": "anbefalt" | "tilrådd" | "recommended",
        Doubtful = "doubtful": "tvilsomt" | "tvilsamt" | "doubtful",
        Duplicate = "duplicate": "samme som en annen" | "same som ein annan" | "duplicate",
    }
}

code_list! {
    /// Who or what translated a text.
    TranslatedBy in "translated_by" {
        Human = "human": "av et menneske" | "av eit menneske" | "by a human",
        Machine = "machine": "maskinelt" | "maskinelt" | "by machine",
    }
}

code_list! {
    /// How strong an interest is.
    InterestLevel in "interest" {
        Relevant = "relevant": "relevant for oss" | "relevant for oss" | "relevant for us",
        Talk = "talk": "vi vil gjerne snakke sammen" | "vi vil gjerne snakke saman" | "we would like to talk",
    }
}

code_list! {
    /// Who measured.
    Evaluator in "evaluator" {
        Own = "own": "egen evaluering" | "eiga evaluering" | "own evaluation",
        External = "external": "ekstern evaluering" | "ekstern evaluering" | "external evaluation",
    }
}

code_list! {
    /// Why an issuer takes a record back.
    WithdrawalReason in "withdrawal_reason" {
        Error = "error": "feil" | "feil" | "error",
        Outdated = "outdated": "utdatert" | "utdatert" | "outdated",
        Duplicate = "duplicate": "dublett" | "dublett" | "duplicate",
        Privacy = "privacy": "personvern" | "personvern" | "privacy",
        OnRequest = "on_request": "på forespørsel" | "på førespurnad" | "on request",
        Replaced = "replaced": "erstattet" | "erstatta" | "replaced",
    }
}

code_list! {
    /// Why every node must drop a text.
    RedactionReason in "redaction_reason" {
        PersonalData = "personal_data": "personopplysninger" | "personopplysningar" | "personal data",
        Confidential = "confidential": "underlagt taushetsplikt" | "underlagt teieplikt" | "confidential by law",
        Copyright = "copyright": "opphavsrett" | "opphavsrett" | "copyright",
        Unlawful = "unlawful": "ulovlig innhold" | "ulovleg innhald" | "unlawful content",
        Error = "error": "publisert ved en feil" | "publisert ved ein feil" | "published by mistake",
        OnRequest = "on_request": "på forespørsel" | "på førespurnad" | "on request",
    }
}
