"""The network as commands use it that bring news in: who asks, and whom."""

from __future__ import annotations

from newsstand.content.kinds.settings import Config
from newsstand.fetch import http_client
from newsstand.fetch.http_answers import Client


def client_of(config: Config, anywhere: bool) -> Client:
    """Whoever asks other hosts for a site; `anywhere` asks private addresses too."""
    about = f"+{config.url}" if config.url else "a reader of feeds; its site has no address yet"
    agent = config.fetch.user_agent or http_client.user_agent(about)
    return http_client.HttpClient(http_client.FETCHING, agent, anywhere)
