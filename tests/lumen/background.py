"""Tasks for the tests of the queue; a task must stand in a module."""

from django_tasks import task

done: list[str] = []


@task(backend="worker")
def remember(word: str) -> str:
    done.append(word)
    if word == "fel":
        raise ValueError("så ska det gå")
    return word
