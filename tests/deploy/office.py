"""Servers of zhenggai and people who use them, for the tests of deploy/. Only what Python brings itself."""
import hashlib, http.client, json, os, re, signal, socket, ssl, subprocess, threading, time

PASSWORD = "seven-old-poplars"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fail(words):
    raise SystemExit("failed: " + words)


class Server:
    """`zhenggai serve` with a configuration of its own."""

    def __init__(self, program, data, config, log):
        self.program, self.data, self.config, self.log = program, data, config, log
        self.process = None

    def run(self, *words, text=None):
        done = subprocess.run([self.program, *words, "--data", self.data, "--config", self.config], input=text,
                              capture_output=True, text=True)
        if done.returncode != 0:
            fail("%s: %s%s" % (" ".join(words), done.stdout, done.stderr))
        return done.stdout

    def start(self):
        self.process = subprocess.Popen([self.program, "serve", "--data", self.data, "--config", self.config],
                                        stderr=open(self.log, "w"))
        for _ in range(1200):
            if "整改服务已启动" in open(self.log).read():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        fail("the server does not start: " + open(self.log).read())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            fail("the server did not end in good order: " + open(self.log).read())

    def lines(self):
        """The JSON lines of its log."""
        return [json.loads(line) for line in open(self.log) if line.startswith("{")]


class Person:
    """Somebody signed in, on one connection that is opened again where it was closed."""

    def __init__(self, port, host, tls=None, cookie=None, csrf=None):
        self.port, self.host, self.tls, self.cookie, self.csrf = port, host, tls, cookie, csrf
        self.connection = None

    def again(self):
        """The same person at another browser."""
        return Person(self.port, self.host, self.tls, self.cookie, self.csrf)

    def ask(self, method, path, body=None, headers=None):
        head = {"Host": self.host}
        if self.cookie:
            head["Cookie"] = self.cookie
        if method != "GET":
            head["Origin"] = ("https://" if self.tls else "http://") + self.host
            if self.csrf:
                head["X-CSRF-Token"] = self.csrf
            if isinstance(body, (dict, list)) or body is None:
                body, head["Content-Type"] = json.dumps(body or {}).encode(), "application/json"
            else:
                head["Content-Type"] = "application/octet-stream"
        head.update(headers or {})
        if not self.connection:
            self.connection = (http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.tls)
                               if self.tls else http.client.HTTPConnection("127.0.0.1", self.port, timeout=60))
        try:
            self.connection.request(method, path, body, head)
            answer = self.connection.getresponse()
            answer.bytes = answer.read()
        except Exception:
            self.connection.close()
            self.connection = None
            raise
        if answer.getheader("Connection") == "close":
            self.connection.close()
            self.connection = None
        return answer

    def json(self, method, path, body=None, status=200):
        answer = self.ask(method, path, body)
        if answer.status != status:
            fail("%s %s → %d %s" % (method, path, answer.status, answer.bytes.decode()))
        return json.loads(answer.bytes)

    def sign_in(self, login):
        answer = self.ask("POST", "/api/sign-in", {"login": login, "password": PASSWORD})
        if answer.status != 200:
            fail("sign-in → %d %s" % (answer.status, answer.bytes.decode()))
        self.set_cookie = answer.getheader("Set-Cookie")
        self.cookie = self.set_cookie.split(";")[0]
        self.csrf = json.loads(answer.bytes)["csrf"]
        return self


class Crowd:
    """People who ask without a pause until told to stop; what they were answered."""

    def __init__(self, people, work):
        self.counts, self.failures, self.slowest, self.stopping = {}, [], 0.0, False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(p, work, i)) for i, p in enumerate(people)]
        for t in self.threads:
            t.start()

    def run(self, person, work, number):
        n = 0
        while not self.stopping:
            method, path, body, want = work(number, n)
            n += 1
            began = time.time()
            try:
                answer = person.ask(method, path, body)
                said = answer.status
                words = answer.bytes[:200]
            except Exception as e:
                said, words = "%s: %s" % (type(e).__name__, e), b""
            took = time.time() - began
            with self.lock:
                self.slowest = max(self.slowest, took)
                self.counts[(method, said)] = self.counts.get((method, said), 0) + 1
                if said != want:
                    self.failures.append((method, path, said, words))

    def stop(self):
        self.stopping = True
        for t in self.threads:
            t.join()
        return self
