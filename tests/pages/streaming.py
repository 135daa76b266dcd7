"""Opens a Streamlit page as its browser part does, over the websocket, and gives back all it was sent."""

from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


def page_shown(base_url: str, name: str, cookie: str = "", patience: float = 30) -> str:
    """All that a fresh visitor of that page is sent until its script has finished, as one text.

    Args:
        name: the page's address without the slash; "" is the default page.
        cookie: the value of the session cookie, "" for a visitor without one.
        patience: seconds to wait for each message.
    """
    request = BackMsg()
    request.rerun_script.page_name = name
    request.rerun_script.context_info.locale = "en-US"
    headers = {"Cookie": f"pactboard_session={cookie}"} if cookie else {}
    address = f"ws://{urlsplit(base_url).netloc}/_stcore/stream"
    sent: list[str] = []
    with connect(
        address, subprotocols=["streamlit"], additional_headers=headers, max_size=None, proxy=None
    ) as stream:
        stream.send(request.SerializeToString())
        while True:
            message = ForwardMsg.FromString(stream.recv(patience))
            sent.append(str(message))
            if message.WhichOneof("type") == "script_finished":
                return "\n".join(sent)
