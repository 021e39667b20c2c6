//! What the system allows a worker, set by the worker itself before it reads.

use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::getrlimit;
use rustix::process::setrlimit;
use rustix::time::ClockId;
use rustix::time::clock_gettime;
use std::io;

/// Bounds the address space to so many bytes; allocations past it fail, and end the worker.
pub(super) fn memory(bytes: u64) -> io::Result<()> {
    bound(Resource::As, bytes)
}

/// A worker that the system ends leaves no image of its memory behind.
pub(super) fn no_core() -> io::Result<()> {
    bound(Resource::Core, 0)
}

/// Lets the process use so many seconds of processor time from now on (rounded up); then the system ends it by SIGXCPU.
pub(super) fn processor_time(seconds: u64) -> io::Result<()> {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    let used = u64::try_from(used.tv_sec).unwrap_or(0);
    bound(
        Resource::Cpu,
        used.saturating_add(seconds).saturating_add(1),
    )
}

/// Sets the soft limit, as far as the hard one lets.
fn bound(resource: Resource, value: u64) -> io::Result<()> {
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(value, |m| value.min(m)));
    setrlimit(resource, Rlimit { current, maximum }).map_err(io::Error::from)
}
