"""What a sandbox is told, all of which may be changed while it runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ._faults import Faults


@dataclass(kw_only=True, eq=False, repr=False)
class Options:
    """How a sandbox behaves. Every option is an attribute too, and may be changed at run time.

    Args:
        api_key: The only key that the sandbox knows.
        api_secret: Its secret.
        username: Name of the only user.
        password: The user's password.
        token_seconds: Seconds for which an access token is valid.
        expires_in_as_text: Whether a token's lifetime is sent as text (`"1800"`), as it has been.
        rotate_refresh_tokens: Whether a refresh token is replaced each time it is used.
        user_token_required: Whether tokens that stand for no user are refused with 403
            (UserTokenRequired), as tokens of the client credentials grant then are.
        allowance: Downloads that may be used up, in total; None for no limit.
        missing: Ids of images that do not exist. All other numeric ids do.
        unlicensed: Ids of images that the customer may not download (403).
        file_size: Size of every file in bytes; None for something between 50 and 200 KB.
        file_sizes: Sizes in bytes of the files of single images, by id.
        link_seconds: Seconds for which an address of a file is valid.
        redirect_status: Status of the redirect that answers a download: 301, 302, 303, 307 or 308.
        relative_location: Whether that redirect names a path of the API's own origin.
        delivery_redirects: Further redirects before a file is served, each to another origin.
        delivery_redirect_status: Status of those redirects.
        history_lag: Seconds until a download appears in the history.
        channels: How many notifications each channel holds at first, by the channel's id.
        change_set_status: Status of an answer that holds a change set: 200 or 201.
        numeric_change_set_ids: Whether ids of change sets are sent as numbers instead of text.
        max_queries_per_second: Requests to API and token endpoint in any second above which 429
            is the answer; None for no limit.
        latency: Seconds that every response takes longer, on every origin.
        keep_alive_seconds: Seconds after which a connection without requests is closed; holds for
            connections made from then on.
        faults: What goes wrong; `faults.add` adds to it at any time.
        port: Port of the API; the token endpoint and the two delivery hosts take the three ports
            that follow. 0 lets the system choose all four.
        spec: The OpenAPI 3.1 document to serve; None for the one that the client is made from.
    """

    api_key: str = "sandbox-key"
    api_secret: str = "sandbox-secret"
    username: str = "sandbox-user"
    password: str = "sandbox-password"
    token_seconds: float = 1800
    expires_in_as_text: bool = False
    rotate_refresh_tokens: bool = False
    user_token_required: bool = False
    allowance: int | None = None
    missing: Collection[str] = ()
    unlicensed: Collection[str] = ()
    file_size: int | None = None
    file_sizes: Mapping[str, int] = field(default_factory=dict)
    link_seconds: float = 24 * 3600
    redirect_status: int = 303
    relative_location: bool = False
    delivery_redirects: int = 0
    delivery_redirect_status: int = 302
    history_lag: float = 0
    channels: Mapping[int, int] = field(default_factory=lambda: {1: 25})
    change_set_status: int = 200
    numeric_change_set_ids: bool = False
    max_queries_per_second: float | None = None
    latency: float = 0
    keep_alive_seconds: float = 75
    faults: Faults = field(default_factory=Faults)
    port: int = 0
    spec: Mapping[str, object] | None = None
