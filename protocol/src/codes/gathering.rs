//! Code lists of what cases are gathered in: plans, programmes, awards.

use super::code_list;

code_list! {
    /// What a plan is. The kinds that Norwegian municipalities name their plans by.
    PlanKind in "plan" {
        Strategy = "strategy": "strategi" | "strategi" | "strategy",
        ActionPlan = "action_plan": "handlingsplan" | "handlingsplan" | "action plan",
        Manifesto = "manifesto": "plakat" | "plakat" | "manifesto",
        MunicipalPlan = "municipal_plan": "kommuneplan" | "kommuneplan" | "municipal master plan",
        ThematicPlan = "thematic_plan": "temaplan" | "temaplan" | "thematic plan",
        Roadmap = "roadmap": "veikart" | "vegkart" | "roadmap",
        Other = "other": "annet" | "anna" | "other",
    }
}

code_list! {
    /// What a programme is.
    ProgrammeKind in "programme" {
        Programme = "programme": "program" | "program" | "programme",
        Network = "network": "nettverk" | "nettverk" | "network",
        Arena = "arena": "delingsarena" | "delingsarena" | "sharing arena",
    }
}

code_list! {
    /// How far around a prize was open.
    AwardLevel in "award_level" {
        Municipality = "municipality": "i kommunen" | "i kommunen" | "within the municipality",
        Region = "region": "i regionen" | "i regionen" | "regional",
        National = "national": "nasjonalt" | "nasjonalt" | "national",
        Nordic = "nordic": "nordisk" | "nordisk" | "Nordic",
        International = "international": "internasjonalt" | "internasjonalt" | "international",
    }
}

code_list! {
    /// What was won.
    Placement in "placement" {
        Winner = "winner": "vinner" | "vinnar" | "winner",
        Second = "second": "andreplass" | "andreplass" | "second place",
        Third = "third": "tredjeplass" | "tredjeplass" | "third place",
        Finalist = "finalist": "finalist" | "finalist" | "finalist",
        Nominated = "nominated": "nominert" | "nominert" | "nominated",
        HonourableMention = "honourable_mention": "hederlig omtale" | "heiderleg omtale" | "honourable mention",
    }
}
