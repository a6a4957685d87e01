"""Real web servers for the tests, with the configurations that the project ships."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from sitehouse import ROOT

# Debian's main file in small: what a server block is put into.
NGINX = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
include /etc/nginx/modules-enabled/*.conf;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    log_format counted "$bytes_sent $request_uri";
    access_log {folder}/access.log counted;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        set $notices {target};
        include {conf};
    }}
}}
"""


@contextlib.contextmanager
def nginx(target: Path, folder: Path) -> Iterator[str]:
    """Serve what is published into ``target`` with nginx; yield its address, ending in a slash."""
    port = free_port()
    with _running(_nginx(target, folder, port), port, {}):
        yield f"http://127.0.0.1:{port}/"


def judge_nginx(target: Path, folder: Path) -> str:
    """Return what nginx says of the configuration when it is asked."""
    return _say([*_nginx(target, folder, free_port()), "-t"], {})


@contextlib.contextmanager
def caddy(target: Path, folder: Path) -> Iterator[str]:
    """Serve what is published into ``target`` with Caddy; yield its address, ending in a slash."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with _running(*_caddy(target, folder, port)):
        yield f"{address}/"


def judge_caddy(target: Path, folder: Path) -> str:
    """Return what Caddy says of the configuration when it is asked, and of how it is written."""
    file = str(ROOT / "deploy" / "Caddyfile")
    looks = subprocess.run(["caddy", "fmt", "--diff", file], capture_output=True, check=False)
    assert looks.returncode == 0
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", file]
    return _say(command, {"NOTICES": str(target), "HOME": str(folder)})


def _nginx(target: Path, folder: Path, port: int) -> list[str]:
    folder.mkdir(exist_ok=True)
    # Started by root, its workers would be someone who may not read the folders of tests.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    conf = ROOT / "deploy" / "nginx.conf"
    main = NGINX.format(folder=folder, port=port, target=target, conf=conf, user=user)
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    # Where Debian has it, a user's PATH need not lead.
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def _caddy(target: Path, folder: Path, port: int) -> tuple[list[str], int, dict[str, str]]:
    folder.mkdir(exist_ok=True)
    main = folder / "Caddyfile"
    text = f"{{\n\tadmin off\n\tauto_https off\n}}\nimport {ROOT / 'deploy' / 'Caddyfile'}\n"
    main.write_text(text, encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(main)]
    variables = {"NOTICES_ADDRESS": address, "NOTICES": str(target), "HOME": str(folder)}
    return command, port, variables


def _say(command: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(command: list[str], port: int, variables: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        command, env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        if process.poll() is not None:
            assert process.stdout
            raise AssertionError(process.stdout.read().decode())
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.025)
    raise AssertionError(f"nothing listens on port {port}")
