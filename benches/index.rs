//! How fast an archive becomes searchable: files into store and index, and records into the index alone.
//! `cargo bench --bench index -- --quick` takes well under a minute once it is built.

mod inputs;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use gongwen::index::Index;
use gongwen::ingest;
use gongwen::ingest::Settings;
use gongwen::record::Notice;
use inputs::{MB, archive, on_disk, records, size};
use std::path::PathBuf;
use tempfile::TempDir;

fn new_folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// What `gongwen index` does: files are read, records kept in SQLite, activities and notices put into the index.
fn files(c: &mut Criterion) {
    let archive = archive(MB);
    let folder = on_disk(&archive);
    let paths: [PathBuf; 1] = [folder.path().to_owned()];
    let mut group = c.benchmark_group("index, files into store and index");
    group
        .sample_size(10)
        .throughput(throughput(&records(&archive), size(&archive)));
    for (name, threads) in [("one thread reads", 1), ("a thread a core reads", 0)] {
        let settings = Settings {
            threads,
            ..Settings::default()
        };
        group.bench_function(name, |b| {
            // The folder goes after its time is taken
            b.iter_batched_ref(
                new_folder,
                |data| ingest::index(&paths, data.path(), &settings, &mut ()).expect("it is kept"),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// The derived part alone, as it is rebuilt from the store.
fn records_alone(c: &mut Criterion) {
    let archive = archive(MB);
    let notices = records(&archive);
    let mut group = c.benchmark_group("index, records into the index");
    group
        .sample_size(10)
        .throughput(throughput(&notices, size(&archive)));
    group.bench_function("two threads write", |b| {
        b.iter_batched_ref(
            new_folder,
            |folder| {
                let index = Index::create(&folder.path().join("index")).expect("it is made");
                let mut writer = index.writer().expect("nobody else writes");
                for notice in &notices {
                    let paths = [notice.source.path.clone()];
                    writer.put(notice, &paths).expect("it is put");
                }
                writer.commit(1).expect("it is written");
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Activities first, as they are what is searched; and the bytes of the notices that they come from.
fn throughput(notices: &[Notice], bytes: u64) -> Throughput {
    let elements = notices.iter().map(|n| n.activities.len() as u64).sum();
    Throughput::ElementsAndBytes { elements, bytes }
}

criterion_group!(benches, files, records_alone);
criterion_main!(benches);
