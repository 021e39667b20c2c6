//! The filters of a search, an option each.

use crate::error::Error;
use crate::search::Filters;
use clap::Args;

/// What a hit must be besides. An option may be given several times: any of its values will do, and every option is to hold.
#[derive(Debug, Args)]
pub(super) struct Narrowing {
    /// Only of this year, or these.
    #[arg(long, value_name = "Y[..Y]", value_parser = checked("year"))]
    year: Vec<String>,
    /// Only of this region: a name of any level, whole or short, or a code.
    #[arg(long, value_name = "NAME")]
    region: Vec<String>,
    /// Only of issuers of this level: national, province, prefecture, county, township, organisation.
    #[arg(long, value_name = "LEVEL", value_parser = checked("level"))]
    level: Vec<String>,
    /// Only of this kind of notice or activity.
    #[arg(long, value_name = "K")]
    kind: Vec<String>,
    /// Only of this issuer: a part of its name; in quotes, the whole.
    #[arg(long, value_name = "NAME")]
    issuer: Vec<String>,
    /// Only with this unit: a part of its name; in quotes, the whole.
    #[arg(long, value_name = "NAME")]
    unit: Vec<String>,
    /// Only with a unit of this department: 应急管理.
    #[arg(long, value_name = "NAME")]
    function: Vec<String>,
    /// Only with a unit in this role: responsible, lead, cooperating, host, organizer.
    #[arg(long, value_name = "ROLE", value_parser = checked("role"))]
    role: Vec<String>,
    /// Only for these: 学校.
    #[arg(long, value_name = "NAME")]
    audience: Vec<String>,
    /// Only of this campaign: its whole name.
    #[arg(long, value_name = "NAME")]
    campaign: Vec<String>,
    /// Only of this series, as records write it.
    #[arg(long, value_name = "SERIES")]
    series: Vec<String>,
    /// Only with a deadline on this day, or in these.
    #[arg(long, value_name = "D[..D]", value_parser = checked("deadline"))]
    deadline: Vec<String>,
    /// Only what lasts on some of these days.
    #[arg(long, value_name = "D[..D]", value_parser = checked("period"))]
    period: Option<String>,
    /// Only issued on this day, or in these.
    #[arg(long, value_name = "D[..D]", value_parser = checked("issued"))]
    issued: Option<String>,
}

impl Narrowing {
    pub(super) fn filters(&self) -> Result<Filters, Error> {
        let lists: [(&str, &[String]); 14] = [
            ("year", &self.year),
            ("region", &self.region),
            ("level", &self.level),
            ("kind", &self.kind),
            ("issuer", &self.issuer),
            ("unit", &self.unit),
            ("function", &self.function),
            ("role", &self.role),
            ("audience", &self.audience),
            ("campaign", &self.campaign),
            ("series", &self.series),
            ("deadline", &self.deadline),
            ("period", self.period.as_slice()),
            ("issued", self.issued.as_slice()),
        ];
        let mut filters = Filters::default();
        for (name, values) in lists {
            for value in values {
                filters.add(name, value)?;
            }
        }
        Ok(filters)
    }
}

/// A value that its filter takes, as it was typed. The place of a fault in a query says nothing of an option.
fn checked(name: &'static str) -> impl Fn(&str) -> Result<String, String> + Clone {
    move |value| match Filters::default().add(name, value) {
        Ok(()) => Ok(value.to_owned()),
        Err(Error::Query { fault, .. }) => Err(fault.to_string()),
        Err(error) => Err(error.to_string()),
    }
}
