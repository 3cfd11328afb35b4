"""What an informer does: list, watch from there, resume, and list again when the version is too old."""
import threading

from kubernetes import client, config, watch
from kubernetes.client.rest import ApiException

config.load_kube_config()
core = client.CoreV1Api()
NAMESPACE = "default"
SELECTOR = "from=python"


def config_map(name, value):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels={"from": "python"}), data={"key": value})


def events_from(version, count):
    """The next events after a version, and the version to go on from."""
    watcher = watch.Watch()
    seen = []
    for event in watcher.stream(
            core.list_namespaced_config_map, NAMESPACE, label_selector=SELECTOR, resource_version=version, timeout_seconds=60):
        seen.append("%s %s %s" % (event["type"], event["object"].metadata.name, event["object"].data["key"]))
        if len(seen) == count:
            watcher.stop()
    return seen, watcher.resource_version


def change():
    core.create_namespaced_config_map(NAMESPACE, config_map("new", "1"))
    core.patch_namespaced_config_map("new", NAMESPACE, {"data": {"key": "2"}})
    core.delete_namespaced_config_map("there", NAMESPACE)


core.create_namespaced_config_map(NAMESPACE, config_map("there", "1"))
listed = core.list_namespaced_config_map(NAMESPACE, label_selector=SELECTOR, limit=1)
assert [item.metadata.name for item in listed.items] == ["there"], listed
first = listed.metadata.resource_version

# Changes that come while it watches, in their order.
changes = threading.Thread(target=change)
changes.start()
seen, last = events_from(first, 3)
changes.join()
assert seen == ["ADDED new 1", "MODIFIED new 2", "DELETED there 1"], seen

# The same from the first version again, and nothing twice from the last one.
assert events_from(first, 3)[0] == seen
core.patch_namespaced_config_map("new", NAMESPACE, {"data": {"key": "3"}})
assert events_from(last, 1)[0] == ["MODIFIED new 3"]

# A watch that ends by its timeout ends without an error.
assert list(watch.Watch().stream(
    core.list_namespaced_config_map, NAMESPACE, label_selector="from=nobody", timeout_seconds=1)) == []

# A version that is not one is refused with a Status.
try:
    events_from("not-a-number", 1)
    raise AssertionError("a watch from a text was taken")
except ApiException as refused:
    assert refused.status in (400, 422), refused
core.delete_collection_namespaced_config_map(NAMESPACE, label_selector=SELECTOR)
assert core.list_namespaced_config_map(NAMESPACE, label_selector=SELECTOR).items == []
print("watch: ok")
