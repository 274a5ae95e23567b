//! Readers of the pages of a node, at a steady rate, and others who only hold its connections.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use idenett::clock::Watch;

/// Readers at the same time, each with a connection of its own that it keeps.
const READERS: usize = 16;
/// Longer than the node itself takes at most.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two bytes of those who are slow.
const PAUSE: Duration = Duration::from_millis(500);

/// What readers met, in seconds from the moment at which a request was due until its last byte, the fastest first.
pub struct Visit(Vec<f64>);

impl Visit {
    /// The time within which a share of the answers came, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1) as f64;
        self.0.get((last * share).ceil() as usize).map_or(f64::NAN, |seconds| seconds * 1e3)
    }

    /// How many answers there were.
    pub fn answers(&self) -> usize {
        self.0.len()
    }
}

/// Asks for page after page, `rate` a second, whatever the node does, until `done` says so. A request that is late is
/// as late as its reader finds it: the time counts from when it was due.
///
/// # Panics
/// If a page is not answered with 200.
pub fn visit(node: SocketAddr, pages: &[String], rate: u32, done: &(dyn Fn(Duration) -> bool + Sync)) -> Visit {
    let (next, times) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let watch = Watch::start();
    let read = || {
        let mut reader = Reader { node, line: None };
        let mut seen = Vec::new();
        while !done(watch.elapsed()) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let due = Duration::from_secs(1) * u32::try_from(number).expect("few requests") / rate;
            std::thread::sleep(due.saturating_sub(watch.elapsed()));
            let page = &pages[number % pages.len()];
            let status = reader.get(page).expect("the node answers");
            seen.push((watch.elapsed().saturating_sub(due)).as_secs_f64());
            assert_eq!(status, 200, "{page}");
        }
        times.lock().expect("no panic").append(&mut seen);
    };
    std::thread::scope(|scope| (0..READERS).for_each(|_| drop(scope.spawn(read))));
    let mut times = times.into_inner().expect("no panic");
    times.sort_by(f64::total_cmp);
    Visit(times)
}

/// Whether a page is there, with 200.
pub fn answers(node: SocketAddr, page: &str) -> bool {
    Reader { node, line: None }.get(page).is_ok_and(|status| status == 200)
}

struct Reader {
    node: SocketAddr,
    line: Option<BufReader<TcpStream>>,
}

impl Reader {
    /// The status of a page, once all of it is here.
    fn get(&mut self, page: &str) -> io::Result<u16> {
        let kept = self.line.is_some();
        match self.try_get(page) {
            // A browser, too, asks anew on a fresh connection where the kept one was closed meanwhile.
            Err(_) if kept => {
                self.line = None;
                self.try_get(page)
            }
            other => other,
        }
    }

    fn try_get(&mut self, page: &str) -> io::Result<u16> {
        if self.line.is_none() {
            let stream = TcpStream::connect(self.node)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.line = Some(BufReader::new(stream));
        }
        let line = self.line.as_mut().ok_or(ErrorKind::NotConnected)?;
        write!(line.get_mut(), "GET {page} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\n\r\n", self.node)?;
        let (mut status, mut length, mut keep) = (None, 0, true);
        let mut head = String::new();
        while head != "\r\n" {
            head.clear();
            if line.read_line(&mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let small = head.to_ascii_lowercase();
            if status.is_none() {
                status = small.split(' ').nth(1).and_then(|code| code.parse().ok());
            }
            if let Some(value) = small.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(|_| ErrorKind::InvalidData)?;
            }
            keep &= !small.starts_with("connection: close");
        }
        io::copy(&mut line.take(length), &mut io::sink())?;
        if !keep {
            self.line = None;
        }
        status.ok_or_else(|| ErrorKind::InvalidData.into())
    }
}

/// Holds `count` connections as long as `work` takes: half of them say nothing, half begin a request and go on byte by
/// byte. One that the node closes is opened anew. Gives what `work` gave, how many the node closed meanwhile, and the
/// seconds after which it had closed the last of them.
///
/// # Panics
/// If connections cannot be opened, or are never closed.
pub fn besieged<T>(node: SocketAddr, count: usize, work: impl FnOnce() -> T) -> (T, usize, f64) {
    let (over, closed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let hold = || {
        let mut held: Vec<Held> = (0..count).map(|n| Held::open(node, n % 2 == 0)).collect();
        while !over.load(Ordering::Relaxed) {
            std::thread::sleep(PAUSE);
            for one in &mut held {
                if one.is_closed() {
                    closed.fetch_add(1, Ordering::Relaxed);
                    *one = Held::open(node, one.silent);
                }
            }
        }
        held
    };
    std::thread::scope(|scope| {
        let holding = scope.spawn(hold);
        // Until all of them are there.
        while closed.load(Ordering::Relaxed) == 0 {
            std::thread::sleep(PAUSE);
        }
        let done = work();
        over.store(true, Ordering::Relaxed);
        let mut held = holding.join().expect("no panic");
        let watch = Watch::start();
        while !held.is_empty() {
            assert!(watch.elapsed() < PATIENCE, "{} connections are never closed", held.len());
            std::thread::sleep(PAUSE);
            held.retain_mut(|one| !one.is_closed());
        }
        (done, closed.load(Ordering::Relaxed), watch.elapsed().as_secs_f64())
    })
}

/// A connection that asks nothing, or never to the end.
struct Held {
    stream: TcpStream,
    silent: bool,
}

impl Held {
    fn open(node: SocketAddr, silent: bool) -> Self {
        let mut stream = TcpStream::connect(node).expect("a connection");
        stream.set_nonblocking(true).expect("a socket of ours");
        if !silent {
            // One that is closed already is seen at the next look.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nX-Slow: ");
        }
        Self { stream, silent }
    }

    /// Sends a further byte where it is not silent, and looks whether the node has closed it.
    fn is_closed(&mut self) -> bool {
        let refused = !self.silent && self.stream.write_all(b"x").is_err_and(|e| e.kind() != ErrorKind::WouldBlock);
        let gone = match self.stream.read(&mut [0; 512]) {
            Ok(read) => read == 0,
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        };
        refused || gone
    }
}
