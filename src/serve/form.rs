//! In which form an answer is given: what `Accept` likes best of what there is (RFC 9110, 12.5.1), or what `format=` names.

use super::problem::Problem;
use axum::http::{HeaderMap, StatusCode, header};

/// A form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Ndjson,
    Csv,
    Text,
    Calendar,
    Bibliography,
}

impl Form {
    /// As `format=` names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Text => "text",
            Self::Calendar => "ics",
            Self::Bibliography => "bib",
        }
    }

    /// Without parameters.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
            Self::Calendar => "text/calendar",
            Self::Bibliography => "application/x-bibtex",
        }
    }

    /// As the answer's header has it.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Text => "text/plain; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Bibliography => "application/x-bibtex; charset=utf-8",
        }
    }

    /// Other names that people give the same form.
    fn is_also(self, essence: &str) -> bool {
        match self {
            Self::Ndjson => matches!(
                essence,
                "application/ndjson" | "application/jsonl" | "application/jsonlines"
            ),
            Self::Bibliography => essence == "text/x-bibtex",
            _ => false,
        }
    }
}

/// The form of an answer that is offered in these, the first of them where all are equally welcome.
///
/// # Errors
/// 406 with the list where none of them is accepted; 400 where `format=` names another.
pub(super) fn chosen(
    headers: &HeaderMap,
    asked: Option<&str>,
    offered: &[Form],
) -> Result<Form, Problem> {
    if let Some(name) = asked {
        let named = offered.iter().find(|form| form.name() == name);
        return named.copied().ok_or_else(|| {
            let names: Vec<&str> = offered.iter().map(|form| form.name()).collect();
            Problem::parameter("format", format!("expected one of {}", names.join(", ")))
        });
    }
    let ranges = ranges(headers);
    // Who says nothing, or nothing that can be read, takes anything
    if ranges.is_empty() {
        return offered.first().copied().ok_or_else(Problem::internal);
    }
    let mut best: Option<(u16, Form)> = None;
    for form in offered {
        let liking = liking(&ranges, *form);
        if liking > best.map_or(0, |(known, _)| known) {
            best = Some((liking, *form));
        }
    }
    best.map(|(_, form)| form).ok_or_else(|| refused(offered))
}

fn refused(offered: &[Form]) -> Problem {
    let types: Vec<&str> = offered.iter().map(|form| form.media_type()).collect();
    Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        "not acceptable",
        format!("this is offered as {}", types.join(", ")),
    )
}

/// A media range and its weight in thousandths.
struct Range {
    essence: String,
    weight: u16,
}

fn ranges(headers: &HeaderMap) -> Vec<Range> {
    let mut out = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        let Ok(value) = value.to_str() else { continue };
        for range in value.split(',').take(64) {
            let mut parts = range.split(';').map(str::trim);
            let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
            if !essence.contains('/') {
                continue;
            }
            let weight = parts.find_map(|p| p.strip_prefix("q=").or(p.strip_prefix("Q=")));
            let weight = weight.map_or(Some(1.0), |q| q.trim().parse::<f32>().ok());
            let Some(weight) = weight.filter(|q| (0.0..=1.0).contains(q)) else {
                continue;
            };
            // Between 0 and 1000
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let weight = (weight * 1000.0).round() as u16;
            out.push(Range { essence, weight });
        }
    }
    out
}

/// How welcome a form is: the most exact range that holds it decides.
fn liking(ranges: &[Range], form: Form) -> u16 {
    let own = form.media_type();
    let kind = own.split('/').next().unwrap_or_default();
    let exactness = |range: &Range| match range.essence.as_str() {
        essence if essence == own || form.is_also(essence) => 3,
        "*/*" => 1,
        essence => match essence.strip_suffix("/*") {
            Some(whole) if whole == kind => 2,
            _ => 0,
        },
    };
    let mut best = (0, 0);
    for range in ranges {
        let exactness = exactness(range);
        if exactness > best.0 {
            best = (exactness, range.weight);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const ALL: [Form; 3] = [Form::Json, Form::Ndjson, Form::Csv];

    fn of(accept: &str) -> Result<Form, StatusCode> {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT,
            HeaderValue::from_str(accept).expect("a header"),
        );
        chosen(&headers, None, &ALL).map_err(|p| p.status())
    }

    #[test]
    fn the_best_liked_form_is_given() {
        assert_eq!(of("text/csv"), Ok(Form::Csv));
        assert_eq!(of("*/*"), Ok(Form::Json));
        assert_eq!(
            of("text/html, application/xhtml+xml, */*;q=0.8"),
            Ok(Form::Json)
        );
        assert_eq!(of("application/json;q=0.5, text/csv;q=0.9"), Ok(Form::Csv));
        assert_eq!(of("application/*;q=0.2, text/csv; q=0.1"), Ok(Form::Json));
        assert_eq!(of("application/json;q=0, application/*"), Ok(Form::Ndjson));
        assert_eq!(of("TEXT/*"), Ok(Form::Csv));
        assert_eq!(of("application/jsonl"), Ok(Form::Ndjson));
        assert_eq!(of(""), Ok(Form::Json));
        assert_eq!(of("nonsense"), Ok(Form::Json));
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for accept in ["image/png", "text/csv;q=0", "*/*;q=0", "text/html"] {
            assert_eq!(of(accept), Err(StatusCode::NOT_ACCEPTABLE), "{accept}");
        }
    }

    #[test]
    fn a_name_goes_before_what_is_accepted() {
        let headers = HeaderMap::new();
        assert_eq!(chosen(&headers, Some("csv"), &ALL).ok(), Some(Form::Csv));
        let told = chosen(&headers, Some("xml"), &ALL).map_err(|p| p.status());
        assert_eq!(told, Err(StatusCode::BAD_REQUEST));
    }
}
