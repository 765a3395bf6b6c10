"""The benchmark's work, done by Python's qemu.qmp: peer.py SOCKET INDEX. Prints milliseconds."""

import asyncio
import sys
import time

from qemu.qmp import EventListener, QMPClient

PIPELINED, IN_FLIGHT, SERIAL, EVENTS, LARGE = 50_000, 64, 10_000, 200_000, 100


async def pipelined(client, name="stop"):
    left = iter(range(PIPELINED))

    async def worker():
        for _ in left:
            await client.execute(name)

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))


async def statuses(client):
    await pipelined(client, "query-status")


async def serial(client):
    for _ in range(SERIAL):
        await client.execute("stop")


async def read(client, listener, every, count):
    with client.listen(listener):
        emitting = asyncio.ensure_future(
            client.execute("emit", {"count": EVENTS, "every": every})
        )
        for _ in range(count):
            await listener.get()
        await emitting


async def delivered(client):
    await read(client, EventListener(), 0, EVENTS)


async def filtered(client):
    await read(client, EventListener("WANTED"), 100, EVENTS // 100)


async def large(client):
    for _ in range(LARGE):
        await client.execute("big")


async def main(path, index):
    client = QMPClient("bench")
    await client.connect(path)
    begin = time.perf_counter()
    await (pipelined, statuses, serial, delivered, filtered, large)[index](client)
    print((time.perf_counter() - begin) * 1000)
    await client.disconnect()


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
