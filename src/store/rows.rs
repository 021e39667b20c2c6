//! A record as rows: the notice, its parties, activities, units, dates and contacts.

use super::PROGRAM;
use crate::record::notice::Activity;
use crate::record::notice::Contact;
use crate::record::notice::DateMention;
use crate::record::notice::Notice;
use rusqlite::{Connection, Result, params};
use serde::Serialize;

/// Puts the record and its rows in; those of an earlier version of it go. The record's paths stay.
pub(super) fn put(tx: &Connection, notice: &Notice, generation: i64) -> Result<()> {
    for table in [
        "parties",
        "activities",
        "activity_classes",
        "units",
        "dates",
        "contacts",
    ] {
        let sql = format!("DELETE FROM {table} WHERE notice_id = ?1");
        tx.prepare_cached(&sql)?.execute([&notice.id])?;
    }
    head(tx, notice, generation)?;
    for (role, names) in [
        ("issuer", &notice.issuers),
        ("addressee", &notice.addressees),
        ("copied", &notice.copied_to),
    ] {
        let mut insert = tx.prepare_cached("INSERT INTO parties VALUES (?1, ?2, ?3, ?4)")?;
        for (ordinal, name) in (1..).zip(names) {
            insert.execute(params![notice.id, role, ordinal, name])?;
        }
    }
    for (ordinal, activity) in (1..).zip(&notice.activities) {
        put_activity(tx, notice, ordinal, activity)?;
    }
    let within = |date: &&DateMention| {
        let mut all = notice.activities.iter();
        !all.any(|a| a.span.0 <= date.span.0 && date.span.1 <= a.span.1)
    };
    for (ordinal, date) in (1..).zip(notice.dates.iter().filter(within)) {
        put_date(tx, &notice.id, 0, ordinal, date)?;
    }
    for (ordinal, contact) in (1..).zip(&notice.contacts) {
        put_contact(tx, &notice.id, ordinal, contact)?;
    }
    Ok(())
}

fn head(tx: &Connection, notice: &Notice, generation: i64) -> Result<()> {
    let record = serde_json::to_string(notice)
        .map_err(|cause| rusqlite::Error::ToSqlConversionFailure(Box::new(cause)))?;
    let campaign = notice.campaign.as_ref();
    let sql = "INSERT INTO notices (id, title, kind, doc_number, issued, year, region, region_path, level,
            campaign, edition, theme, series, path, member, media_type, charset, bytes, sha256, program,
            generation, record)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
            ?21, ?22)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind,
            doc_number = excluded.doc_number, issued = excluded.issued, year = excluded.year,
            region = excluded.region, region_path = excluded.region_path, level = excluded.level,
            campaign = excluded.campaign, edition = excluded.edition, theme = excluded.theme,
            series = excluded.series, path = excluded.path, member = excluded.member,
            media_type = excluded.media_type, charset = excluded.charset, bytes = excluded.bytes,
            sha256 = excluded.sha256, program = excluded.program, generation = excluded.generation,
            record = excluded.record";
    tx.prepare_cached(sql)?.execute(params![
        notice.id,
        notice.title,
        notice.kind,
        notice.doc_number,
        notice.issued.map(|d| d.to_string()),
        notice.year,
        notice.region,
        notice.region_path.join(" "),
        notice.level.as_ref().map(word),
        campaign.map(|c| &c.name),
        campaign.and_then(|c| c.edition),
        campaign.and_then(|c| c.theme.as_ref()),
        notice.series,
        notice.source.path,
        notice.source.member,
        notice.source.media_type,
        notice.source.charset,
        i64::try_from(notice.source.bytes).unwrap_or(i64::MAX),
        notice.source.sha256,
        PROGRAM,
        generation,
        record,
    ])?;
    Ok(())
}

fn put_activity(tx: &Connection, notice: &Notice, ordinal: i64, activity: &Activity) -> Result<()> {
    tx.prepare_cached("INSERT INTO activities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![
            notice.id,
            ordinal,
            activity.id,
            activity.path.join(" "),
            activity.title,
            offset(activity.span.0),
            offset(activity.span.1),
        ])?;
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO activity_classes VALUES (?1, ?2, ?3, ?4)")?;
    for (facet, names) in [("kind", &activity.kinds), ("audience", &activity.audiences)] {
        for name in names {
            insert.execute(params![notice.id, ordinal, facet, name])?;
        }
    }
    let mut insert =
        tx.prepare_cached("INSERT INTO units VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (n, unit) in (1..).zip(&activity.units) {
        insert.execute(params![
            notice.id,
            ordinal,
            n,
            unit.name,
            word(&unit.role),
            unit.function,
            unit.group,
            offset(unit.span.0),
            offset(unit.span.1),
        ])?;
    }
    for (n, date) in (1..).zip(&activity.dates) {
        put_date(tx, &notice.id, ordinal, n, date)?;
    }
    Ok(())
}

fn put_date(
    tx: &Connection,
    id: &str,
    activity: i64,
    ordinal: i64,
    date: &DateMention,
) -> Result<()> {
    let sql = "INSERT INTO dates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    tx.prepare_cached(sql)?.execute(params![
        id,
        activity,
        ordinal,
        date.text,
        date.start.map(|d| d.to_string()),
        date.end.map(|d| d.to_string()),
        word(&date.role),
        date.rrule,
        date.edtf,
        date.inferred,
        offset(date.span.0),
        offset(date.span.1),
    ])?;
    Ok(())
}

fn put_contact(tx: &Connection, id: &str, ordinal: i64, contact: &Contact) -> Result<()> {
    let sql = "INSERT INTO contacts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    tx.prepare_cached(sql)?.execute(params![
        id,
        ordinal,
        contact.names.join("; "),
        contact.organization,
        contact.phones.join("; "),
        contact.faxes.join("; "),
        contact.emails.join("; "),
        contact.qq,
        contact.address,
        contact.postcode,
        offset(contact.span.0),
        offset(contact.span.1),
    ])?;
    Ok(())
}

/// A closed set's member as records write it, such as `lead`.
fn word(value: &impl Serialize) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    value.as_str().map(str::to_owned)
}

fn offset(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
