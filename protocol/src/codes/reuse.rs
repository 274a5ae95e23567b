//! Code lists of reuse declarations. The degree of a reuse is [`Origin`](super::Origin)
//! without `first`.

use super::code_list;

code_list! {
    /// How far a reuser has come. It counts as reuse from `in_use` on, by CO-PI's understanding
    /// that spreading has happened when practice has changed in the new place.
    ReuseStatus in "reuse_status" {
        Considering = "considering": "vurderes" | "blir vurdert" | "being considered",
        Planned = "planned": "planlagt" | "planlagd" | "planned",
        Piloting = "piloting": "prøves ut" | "blir prøvd ut" | "being piloted",
        InUse = "in_use": "i bruk" | "i bruk" | "in use",
        Utilised = "utilised": "nyttiggjort hos oss" | "nyttiggjord hos oss" | "utilised with us",
        Stopped = "stopped": "stoppet" | "stoppa" | "stopped",
    }
}

code_list! {
    /// Where the reuser heard of the case. The Danish barometer's channels of spreading, with
    /// this network added.
    Channel in "channel" {
        ProfessionalNetwork = "professional_network": "fagnettverk" | "fagnettverk" | "professional network",
        Colleague = "colleague": "kollega" | "kollega" | "colleague",
        Visit = "visit": "besøk" | "besøk" | "visit",
        ConferenceArena = "conference_arena": "konferanse eller arena" | "konferanse eller arena" | "conference or arena",
        ThisNetwork = "this_network": "dette nettverket" | "dette nettverket" | "this network",
        Ks = "ks": "KS" | "KS" | "KS",
        State = "state": "staten" | "staten" | "the state",
        Supplier = "supplier": "leverandør" | "leverandør" | "supplier",
        MediaBlog = "media_blog": "medier eller blogg" | "media eller blogg" | "media or blog",
        SocialMedia = "social_media": "sosiale medier" | "sosiale medium" | "social media",
        Research = "research": "forskning" | "forsking" | "research",
        Other = "other": "annet" | "anna" | "other",
        Unknown = "unknown": "vet ikke" | "veit ikkje" | "don't know",
    }
}

code_list! {
    /// How savings were found.
    SavingMethod in "saving_method" {
        Estimate = "estimate": "anslag" | "anslag" | "estimate",
        Accounts = "accounts": "regnskap" | "rekneskap" | "accounts",
        AlternativeCost = "alternative_cost": "alternativ kostnad" | "alternativ kostnad" | "alternative cost",
        BeforeAfter = "before_after": "måling før og etter" | "måling før og etter" | "measured before and after",
    }
}

code_list! {
    /// What savings are counted in. Figures of different units are never added.
    SavedUnit in "saved_unit" {
        NokOnce = "nok_once": "kroner, én gang" | "kroner, éin gong" | "NOK, once",
        NokYear = "nok_year": "kroner per år" | "kroner per år" | "NOK a year",
        HoursYear = "hours_year": "timer per år" | "timar per år" | "hours a year",
    }
}

code_list! {
    /// Why a reuse was stopped.
    StopReason in "stop_reason" {
        DidNotWork = "did_not_work": "virket ikke" | "verka ikkje" | "did not work",
        TooExpensive = "too_expensive": "for dyrt" | "for dyrt" | "too expensive",
        LackedPeopleOrTime = "lacked_people_or_time": "manglet folk eller tid" | "mangla folk eller tid" | "lacked people or time",
        SupplierGone = "supplier_gone": "leverandøren ble borte" | "leverandøren vart borte" | "the supplier is gone",
        Regulation = "regulation": "regelverk" | "regelverk" | "regulation",
        DidNotFitContext = "did_not_fit_context": "passet ikke hos oss" | "passa ikkje hos oss" | "did not fit our context",
        ReplacedByBetter = "replaced_by_better": "erstattet av noe bedre" | "erstatta av noko betre" | "replaced by something better",
        KeyPersonLeft = "key_person_left": "nøkkelperson sluttet" | "nøkkelperson slutta" | "a key person left",
        Other = "other": "annet" | "anna" | "other",
    }
}
