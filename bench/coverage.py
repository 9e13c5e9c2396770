"""`make coverage`: the share of the product's lines that the tests run, by room."""

import io
import sys

import coverage


def main(rooms: list[str]) -> None:
    measured = coverage.Coverage()
    measured.load()
    for room in rooms:
        print(f"{room:12} {measured.report(include=[f'{room}/*'], file=io.StringIO()):5.1f} %")
    print(f"{'all':12} {measured.report(file=io.StringIO()):5.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
