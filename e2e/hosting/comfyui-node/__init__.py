"""Winnow inside ComfyUI: opens at /winnow/. The built site lies in web/, beside this file.

Not by WEB_DIRECTORY: ComfyUI's own page would load every script in there as an extension.
"""

from pathlib import Path

from aiohttp import web
from server import PromptServer

SITE = (Path(__file__).parent / "web").resolve()
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: https: http:; media-src 'self' blob: https: http:; connect-src 'self' http://127.0.0.1:* http://localhost:*; worker-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types winnow-demo winnow-library; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


async def site(request):
    name = request.match_info["name"] or "index.html"
    file = (SITE / name).resolve()
    if SITE not in file.parents or not file.is_file():
        raise web.HTTPNotFound()
    hashed = name.startswith("assets/")
    cache = "public, max-age=31536000, immutable" if hashed else "no-cache"
    return web.FileResponse(file, headers={**HEADERS, "Cache-Control": cache})


async def slash(request):
    raise web.HTTPPermanentRedirect("/winnow/")


PromptServer.instance.app.add_routes([web.get("/winnow", slash), web.get("/winnow/{name:.*}", site)])

NODE_CLASS_MAPPINGS = {}
