"""Boards: collections of assets, with comments, that the sandbox remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ._endpoints import Handler, existing
from ._http import RequestContext, api_error
from ._spec import Arguments
from ._state import Board, State, utc_text

Known: TypeAlias = dict[str, Any]
Action: TypeAlias = Callable[[State, Board, Arguments], Known | None]

_PERMISSIONS = """
    can_delete_board can_invite_to_board can_update_name can_update_description can_add_assets
    can_remove_assets
""".split()


def _list(state: State, _: RequestContext, arguments: Arguments) -> Known:
    """Send a page of the boards, the one that was changed last first."""
    invited = arguments.get("board_relationship", str) == "invited"
    boards = [] if invited else [*reversed(state.boards.values())]
    order = arguments.get("sort_order", str) or "date_last_updated_descending"
    by_name = order.startswith("name")
    boards.sort(
        key=lambda board: board.name if by_name else board.updated.isoformat(),
        reverse=not order.endswith("ascending"),
    )
    page = [_summary(board) for board in arguments.page(boards)]
    return {"boards": page, "board_count": len(boards)}


def _create(state: State, _: RequestContext, arguments: Arguments) -> Known:
    body = arguments.body
    now, board_id = state.now(), state.new_id()
    board = Board(board_id, body["name"], body.get("description"), created=now, updated=now)
    state.boards[board_id] = board
    return {"id": board_id}


def _summary(board: Board) -> Known:
    assets = _assets(board)
    return {
        "id": board.id,
        "name": board.name,
        "description": board.description,
        "asset_count": len(assets),
        "date_created": utc_text(board.created),
        "date_last_updated": utc_text(board.updated),
        "board_relationship": "owned",
        **({"hero_asset": assets[0]} if assets else {}),
    }


def _assets(board: Board) -> list[Known]:
    return [
        {
            "id": asset_id,
            "asset_type": "Image",
            "date_added": utc_text(date),
            "display_sizes": [
                {"name": "thumb", "uri": f"https://example.com/thumb/{asset_id}.jpg"}
            ],
        }
        for asset_id, date in board.assets.items()
    ]


def _get(_: State, board: Board, __: Arguments) -> Known:
    return {
        **_summary(board),
        "assets": _assets(board),
        "comment_count": len(board.comments),
        "permissions": dict.fromkeys(_PERMISSIONS, True),
        "links": {"share": f"https://example.com/boards/{board.id}", "invitation": None},
    }


def _update(_: State, board: Board, arguments: Arguments) -> None:
    board.name, board.description = arguments.body["name"], arguments.body.get("description")


def _delete(state: State, board: Board, _: Arguments) -> None:
    del state.boards[board.id]


def _add_assets(state: State, board: Board, arguments: Arguments) -> Known:
    ids = [item["asset_id"] for item in arguments.body]
    added = [each for each in ids if state.has_asset(each)]
    for asset_id in added:
        board.assets.setdefault(asset_id, state.now())
    return {
        "assets_added": [{"asset_id": each} for each in added],
        "assets_not_added": [each for each in ids if each not in added],
    }


def _remove_assets(_: State, board: Board, arguments: Arguments) -> None:
    for asset_id in arguments.get("asset_ids", list) or []:
        board.assets.pop(asset_id, None)


def _add_asset(state: State, board: Board, arguments: Arguments) -> None:
    board.assets.setdefault(existing(state, "asset", arguments.path["asset_id"]), state.now())


def _remove_asset(_: State, board: Board, arguments: Arguments) -> None:
    asset_id = arguments.path["asset_id"]
    if board.assets.pop(asset_id, None) is None:
        raise api_error(404, "AssetNotFound", f"Asset {asset_id} is not on board {board.id}")


def _comments(_: State, board: Board, __: Arguments) -> Known:
    comments = [
        {
            "id": comment_id,
            "text": text,
            "date_created": utc_text(date),
            "created_by": {"first_name": "Sandy", "last_name": "Box"},
            "permissions": {"can_delete_comment": True},
        }
        for comment_id, (text, date) in board.comments.items()
    ]
    return {"comments": comments, "permissions": {"can_add_comment": True}}


def _add_comment(state: State, board: Board, arguments: Arguments) -> Known:
    comment_id = state.new_id()
    board.comments[comment_id] = arguments.body.get("text"), state.now()
    return {"id": comment_id}


def _delete_comment(_: State, board: Board, arguments: Arguments) -> None:
    comment_id = arguments.path["comment_id"]
    if board.comments.pop(comment_id, None) is None:
        raise api_error(404, "CommentNotFound", f"There is no comment {comment_id}")


def _on_board(action: Action) -> Handler:
    """The handler that does something with the board in the path."""

    def handle(state: State, context: RequestContext, arguments: Arguments) -> Known | None:
        board_id = arguments.path["board_id"]
        if (board := state.boards.get(board_id)) is None:
            raise api_error(404, "BoardNotFound", f"There is no board {board_id}")
        known = action(state, board, arguments)
        if context.request.method != "GET":
            board.updated = state.now()
        return known

    return handle


BOARDS: Mapping[str, Handler] = {
    "GET /v3/boards": _list,
    "POST /v3/boards": _create,
    "GET /v3/boards/{board_id}": _on_board(_get),
    "PUT /v3/boards/{board_id}": _on_board(_update),
    "DELETE /v3/boards/{board_id}": _on_board(_delete),
    "PUT /v3/boards/{board_id}/assets": _on_board(_add_assets),
    "DELETE /v3/boards/{board_id}/assets": _on_board(_remove_assets),
    "PUT /v3/boards/{board_id}/assets/{asset_id}": _on_board(_add_asset),
    "DELETE /v3/boards/{board_id}/assets/{asset_id}": _on_board(_remove_asset),
    "GET /v3/boards/{board_id}/comments": _on_board(_comments),
    "POST /v3/boards/{board_id}/comments": _on_board(_add_comment),
    "DELETE /v3/boards/{board_id}/comments/{comment_id}": _on_board(_delete_comment),
}
