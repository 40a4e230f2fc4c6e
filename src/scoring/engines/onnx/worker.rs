//! A model's sessions, each on an OS thread of its own, fed by a channel: inference never runs on
//! the async runtime.

use std::sync::{Arc, Mutex, PoisonError, mpsc};

use ort::environment::Environment;
use tokio::sync::oneshot;

use super::session::Session;
use crate::scoring::engines::tokenizer::Row;
use crate::scoring::engines::{Manifest, Vector};
use crate::scoring::{Fault, LoadError};

/// One batch. Nobody waits any more when the receiver of `reply` is gone: then it is not run.
struct Job {
    rows: Vec<Row>,
    reply: oneshot::Sender<Result<Vec<Vector>, Fault>>,
}

/// Warm sessions of one model. Dropping it ends their threads after the batch in flight.
pub(in crate::scoring::engines) struct Sessions {
    queue: mpsc::Sender<Job>,
}

impl Sessions {
    /// Builds `count` sessions (at least one), runs `warm_up` through each, and puts them on their threads. Blocks.
    pub fn start(
        environment: &Environment,
        manifest: &Manifest,
        bytes: &[u8],
        warm_up: &[Row],
        count: usize,
    ) -> Result<Self, LoadError> {
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for i in 0..count.max(1) {
            let mut session = Session::new(environment, manifest, bytes)?;
            session.run(warm_up).map_err(|fault| LoadError::BadModel {
                name: manifest.name.clone(),
                reason: format!("warm-up: {fault}"),
            })?;
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("{}-{i}", manifest.name))
                .spawn(move || serve(session, &jobs))
                .map_err(|e| LoadError::NoThread {
                    name: manifest.name.clone(),
                    reason: e.to_string(),
                })?;
        }
        Ok(Self { queue })
    }

    /// Queues one batch at once; the future waits for one vector per row, in their order. Dropping it
    /// takes the batch back, unless it has begun.
    pub fn run(&self, rows: Vec<Row>) -> impl Future<Output = Result<Vec<Vector>, Fault>> + use<> {
        let (reply, answer) = oneshot::channel();
        // With no thread left the job is dropped here, and with it `reply`: so `answer` says it.
        let _ = self.queue.send(Job { rows, reply });
        async { answer.await.map_err(|_| Fault::ThreadGone)? }
    }
}

/// Until the sessions are dropped.
fn serve(mut session: Session, jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        // The lock is held while waiting, so exactly one thread waits on the channel.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else {
            return;
        };
        if !job.reply.is_closed() {
            // The asker may go away meanwhile: then the result is of no use to anyone.
            let _ = job.reply.send(session.run(&job.rows));
        }
    }
}
