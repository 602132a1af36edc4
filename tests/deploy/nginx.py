"""What tests/deploy/nginx tries."""
import hashlib, os, re, shutil, ssl, subprocess, sys, tempfile, time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(__file__))
from office import PASSWORD, Crowd, Person, Server, fail, free_port

program = sys.argv[1]
work = tempfile.mkdtemp(prefix="zg-nginx-")
port, plain, public = free_port(), free_port(), free_port()
nodes = [free_port(), free_port()]
metrics = [free_port(), free_port()]
name, open_name = "zg.example.cn:%d" % port, "open.example.cn:%d" % port


def say(words):
    print("nginx:", words, flush=True)


def write(file, text):
    with open(os.path.join(work, file), "w") as f:
        f.write(text)
    return os.path.join(work, file)


def nginx_conf():
    """The file that is shipped, with this machine's ports and folders, inside the frame that Debian's nginx.conf gives it."""
    conf = open("deploy/nginx/zhenggai.conf").read()
    changes = [
        ("    server 127.0.0.1:8080 max_fails=3 fail_timeout=2s;\n",
         "".join("    server 127.0.0.1:%d max_fails=3 fail_timeout=2s;\n" % n for n in nodes)),
        ("127.0.0.1:8081", "127.0.0.1:%d" % public),
        ("rate=200r/s", "rate=9000r/s"),  # here one address is a whole crowd
        ("burst=400", "burst=9000"),
        ("/etc/zhenggai/tls/", work + "/tls/"),
        ("/var/log/nginx/", work + "/"),
        ("/var/cache/nginx/", work + "/cache-"),
    ]
    for old, new in changes:
        if old not in conf:
            fail("deploy/nginx/zhenggai.conf has changed: no " + old)
        conf = conf.replace(old, new)
    conf = re.sub(r"listen (\[::\]:)?443 ssl http2;\n", lambda m: "" if m[1] else "listen 127.0.0.1:%d ssl http2;\n" % port, conf)
    conf = re.sub(r"listen (\[::\]:)?80;\n", lambda m: "" if m[1] else "listen 127.0.0.1:%d;\n" % plain, conf)
    write("zhenggai.conf", conf)
    temp = "".join("  %s_temp_path %s/tmp-%s;\n" % (t, work, t) for t in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.getuid() == 0 else ""
    return write("nginx.conf", "%spid %s/nginx.pid;\nerror_log %s/error.log;\ndaemon off;\nworker_processes 2;\n"
                 "events { worker_connections 1024; }\nhttp {\n  include /etc/nginx/mime.types;\n%s  include %s/zhenggai.conf;\n}\n"
                 % (user, work, work, temp, work))


def certificates():
    os.mkdir(work + "/tls")
    for one in ("zg", "open"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "2", "-subj", "/CN=%s.example.cn" % one, "-keyout", "%s/tls/%s.key" % (work, one), "-out",
                        "%s/tls/%s.crt" % (work, one)], check=True, capture_output=True)


def configuration(i):
    return write("node%d.toml" % i, """
port = %d
public_hosts = ["%s"]
requests_per_second = 0
tries_per_minute = 0
[server]
behind_proxy = true
drain_seconds = 4
grace_seconds = 20
[metrics]
listen = "127.0.0.1:%d"
[database]
url = "%s"
[public]
listen = "127.0.0.1:%d"
url = "https://%s"
behind_proxy = true
""" % (nodes[i], name, metrics[i], os.environ["ZG_TEST_POSTGRES"], public if i == 0 else 0, open_name))


def main():
    os.mkdir(work + "/data")
    certificates()
    servers = [Server(program, work + "/data", configuration(i), work + "/node%d.log" % i) for i in (0, 1)]
    servers[0].run("user", "add", "desk", "--alone", "--password-stdin", text=PASSWORD + "\n")
    servers[0].run("import", "examples/01-province-tasklist/tasklist.txt")
    for server in servers:
        server.start()
    conf = nginx_conf()
    tried = subprocess.run(["nginx", "-t", "-q", "-c", conf, "-e", work + "/error.log", "-p", work], capture_output=True, text=True)
    if tried.returncode != 0 or "warn" in tried.stderr:
        fail("nginx -t: " + tried.stderr)
    proxy = subprocess.Popen(["nginx", "-c", conf, "-e", work + "/error.log", "-p", work])
    tls = ssl.create_default_context(cafile=work + "/tls/zg.crt")
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    try:
        time.sleep(0.5)
        scenes(servers, tls)
    finally:
        proxy.terminate()
        proxy.wait()
        for server in servers:
            if server.process.poll() is None:
                server.kill()


def scenes(servers, tls):
    desk = Person(port, name, tls).sign_in("desk")
    if "Secure" not in desk.set_cookie:
        fail("the cookie may go over a plain line: " + desk.set_cookie)
    heads(servers, desk, tls)
    upload(desk)
    killed(servers, desk)
    drained(servers, desk)
    done = servers[0].run("verify")
    say("verify: " + done.strip().splitlines()[-1])
    shutil.rmtree(work)


def heads(servers, desk, tls):
    answer = desk.ask("GET", "/api/tasks")
    for one in ("X-Frame-Options", "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options"):
        if len(answer.headers.get_all(one) or []) != 1:
            fail("%s stands there %s times" % (one, len(answer.headers.get_all(one) or [])))
    packed = desk.ask("GET", "/api/tasks", headers={"Accept-Encoding": "gzip"})
    if packed.getheader("Content-Encoding") != "gzip":
        fail("answers are not packed")
    for path in ("/metrics", "/livez", "/readyz"):
        if desk.ask("GET", path).status != 404:
            fail(path + " is to be had through nginx")
    if Person(port, name, tls).ask("POST", "/api/sign-in", {}, {"Origin": "https://evil.example"}).status != 403:
        fail("a page of another site may ask for changes")
    forged = Person(port, name, tls).ask("GET", "/api/tasks", headers={"X-Forwarded-For": "6.6.6.6", "X-Request-Id": "forged-id-of-mine"})
    if forged.getheader("X-Request-Id") == "forged-id-of-mine":
        fail("a browser gives requests their id")
    # One id from nginx's log to the server's.
    failed = desk.ask("GET", "/api/tasks?sort=nonsense")
    for _ in range(50):  # nginx writes its line when the answer is gone
        if failed.getheader("X-Request-Id") in open(work + "/zhenggai.log").read():
            break
        time.sleep(0.1)
    else:
        fail("the request's id does not stand in nginx's log")
    site = Person(port, open_name, tls)
    said = [site.ask("GET", "/").getheader("X-Cache") for _ in range(2)]
    if said != ["MISS", "HIT"]:
        fail("the public site is not kept: %s" % said)
    if Person(plain, "zg.example.cn").ask("GET", "/").status != 301:
        fail("http:// does not lead to https://")
    say("headers once, gzip once, ids shared, /metrics refused, public site cached")


def upload(desk):
    size, part = 50 << 20, 8 << 20
    content = hashlib.sha256(b"seed").digest() * (size // 32)
    made = desk.json("POST", "/api/uploads", {"name": "现场影像.bin", "bytes": size}, 201)
    for at in range(0, size, part):
        answer = desk.ask("PATCH", "/api/uploads/%d?offset=%d" % (made["id"], at), content[at:at + part])
        if answer.status != 200:
            fail("a part of the upload → %d %s" % (answer.status, answer.bytes.decode()))
    task = desk.json("GET", "/api/tasks")["items"][0]["id"]
    piece = desk.json("POST", "/api/uploads/%d/finish" % made["id"], {"tie": {"kind": "task", "id": task}}, 201)
    path = "/api/evidence/%d/file" % piece["id"]
    middle = desk.ask("GET", path, headers={"Range": "bytes=30000000-40000000"})
    if middle.status != 206 or middle.bytes != content[30000000:40000001]:
        fail("part of a download → %d, %d bytes" % (middle.status, len(middle.bytes)))
    if desk.ask("GET", path).bytes != content:
        fail("the download is not what was uploaded")
    spooled = [f for f in os.listdir(work) if f.startswith("tmp-") and os.listdir(os.path.join(work, f))]
    if spooled:
        fail("nginx put bodies on its disk: %s" % spooled)
    say("50 MB up in parts and down again, whole and in part, nothing on nginx's disk")


def reads(number, n):
    return "GET", ("/api/tasks?limit=20", "/api/overview", "/api/tasks/%d" % (1 + n % 18))[(number + n) % 3], None, 200


def killed(servers, desk):
    crowd = Crowd([desk.again() for _ in range(8)], reads)
    time.sleep(1.5)
    servers[1].kill()
    time.sleep(2.5)
    servers[1].start()
    time.sleep(1)
    crowd.stop()
    if crowd.failures:
        fail("kill -9: %d of the reading requests failed, e.g. %s" % (len(crowd.failures), crowd.failures[0]))
    total = sum(crowd.counts.values())
    if total < 300:
        fail("too few requests to tell: %s" % crowd.counts)
    say("kill -9 of one of two: %d reading requests, none failed, the slowest %.2f s" % (total, crowd.slowest))


def drained(servers, desk):
    """A rolling restart: one after the other goes away and comes back; changes are asked for as well."""
    def changes(number, n):
        if number % 2:
            return reads(number, n)
        return "POST", "/api/units", {"name": "第%d-%d号站" % (number, n), "parent_id": None}, 201

    crowd = Crowd([desk.again() for _ in range(8)], changes)
    time.sleep(1)
    for server in servers:
        server.stop()
        server.start()
        time.sleep(3)  # as the block wait-ready of docs/operations.md does
    crowd.stop()
    if crowd.failures:
        fail("drain: %d requests failed, e.g. %s" % (len(crowd.failures), crowd.failures[0]))
    made = crowd.counts.get(("POST", 201), 0)
    there = int(subprocess.run(["psql", "-Atc", "SELECT count(*) FROM units WHERE name LIKE '%号站'",
                                os.environ["ZG_TEST_POSTGRES"]], check=True, capture_output=True, text=True).stdout)
    if there != made:
        fail("%d changes were acknowledged, %d are there" % (made, there))
    say("both restarted in turn: %d requests, %d of them changes, none failed, the slowest %.2f s"
        % (sum(crowd.counts.values()), made, crowd.slowest))


main()
