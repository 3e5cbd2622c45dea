"""A table is lost and comes back, row by row."""
import install
from backups import rows_of
from outside import muster, psql
from telling import expect, show

TABLE = "public.order_events"


def drop(memory):
    psql(f"DROP TABLE {TABLE}")
    expect(psql(f"SELECT to_regclass('{TABLE}') IS NULL") == "t", f"{TABLE} is gone")
    show(f"DROP TABLE {TABLE}: {memory['order_events'][0]} rows of it are in the last point")


def bring_back(memory):
    show(muster("restore", memory["shop/db"], "--identity", install.identity(), "--table", TABLE))
    wanted = memory["order_events"]
    # The till writes again as soon as its table is back: what is older than that is the restored.
    copied = psql(f"COPY (SELECT * FROM {TABLE} ORDER BY at LIMIT {wanted[0]}) TO STDOUT")
    found = rows_of((copied + "\n").encode())
    expect(found == wanted, f"row by row, {TABLE} is what the point holds: {found} {wanted}")
    orphans = psql(f"SELECT count(*) FROM {TABLE} e LEFT JOIN orders o ON o.id = e.order_id WHERE o.id IS NULL")
    expect(orphans == "0", "every restored event has its order")
    show(f"{found[0]} rows of {TABLE} are back, equal by hash")
