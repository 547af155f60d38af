import os

from sqlalchemy import create_engine, text

# @klotho::persist {
#   id = "bikes-db"
#   [environment_variables]
#   BIKES_DB = "orm.connection_string"
# }
engine = create_engine(os.environ.get("BIKES_DB", "sqlite://"))


def bikes_at(station):
    with engine.connect() as connection:
        found = connection.execute(text("select id from bikes where station = :s"), {"s": station})
        return [row.id for row in found]


def return_bike(station, bike):
    with engine.begin() as connection:
        connection.execute(
            text("update bikes set station = :s where id = :b"), {"s": station, "b": bike}
        )
