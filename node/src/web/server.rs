//! Connections: accepted up to a number, bounded in every wait, ended in good order. Knows nothing of pages.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::limits::{ACCEPT_PAUSE, CONNECTION_TIME, HEAD_TIME, MAX_CONNECTIONS, MAX_HEAD_BYTES, MAX_HEADERS, PATIENCE};
use super::patient::Patient;
use super::seats::{Seat, Seats};

/// The pages while they are served.
pub struct Pages {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Pages {
    /// Serves an application on what listens already. Must be called within a tokio runtime.
    pub(super) fn start(listener: TcpListener, address: SocketAddr, app: Router) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, app, stopped));
        Self { address, stop, task }
    }

    /// Where they are served.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests and waits a moment for the answers that are being written.
    pub async fn stop(self) {
        // Nobody listens any more if the task has ended by itself.
        let _ = self.stop.send(true);
        let mut task = self.task;
        if tokio::time::timeout(PATIENCE, &mut task).await.is_err() {
            task.abort();
        }
    }
}

async fn accept(listener: TcpListener, app: Router, mut stopped: watch::Receiver<bool>) {
    let seats = Arc::new(Seats::default());
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => break,
            _ = open.join_next(), if !open.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            tracing::debug!("a connection to the pages could not be accepted");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // Where all are being answered, the next place is free within the time of a request.
        while open.len() >= MAX_CONNECTIONS {
            seats.make_room();
            open.join_next().await;
        }
        open.spawn(converse(stream, app.clone(), seats.take(), stopped.clone()));
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn converse(stream: TcpStream, app: Router, seat: Arc<Seat>, mut stopped: watch::Receiver<bool>) {
    // Answers are written in one piece; there is nothing to gather.
    let _ = stream.set_nodelay(true);
    let app = TowerToHyperService::new(app);
    let answered = Arc::clone(&seat);
    let service = service_fn(move |request| {
        let (app, seat) = (app.clone(), Arc::clone(&answered));
        async move {
            seat.work();
            let answer = app.call(request).await;
            seat.wait();
            answer
        }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS);
    let connection = builder.serve_connection(TokioIo::new(Patient::new(stream)), service);
    let mut connection = std::pin::pin!(connection);
    let finish = async {
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(CONNECTION_TIME) => {}
        }
    };
    let mut finish = std::pin::pin!(finish);
    let mut finishing = false;
    loop {
        tokio::select! {
            // What goes wrong on a line is the other side's matter.
            _ = connection.as_mut() => return,
            () = seat.sent_away() => return,
            () = finish.as_mut(), if !finishing => {
                finishing = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
