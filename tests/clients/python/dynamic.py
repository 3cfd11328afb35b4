"""The dynamic client: discovery, a custom resource that comes while it runs, its watch, and server-side apply."""
import json
import os
import tempfile

from kubernetes import config, dynamic
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError, ResourceNotFoundError, UnprocessibleEntityError

# The cache of discovery is a file, by default one that stays.
folder = tempfile.TemporaryDirectory()
api = dynamic.DynamicClient(config.new_client_from_config(), cache_file=os.path.join(folder.name, "discovery.json"))
NAMESPACE = "default"
GROUP_VERSION = "python.example.com/v1"
definition = {
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "boats.python.example.com"},
    "spec": {
        "group": "python.example.com", "scope": "Namespaced",
        "names": {"plural": "boats", "singular": "boat", "kind": "Boat", "listKind": "BoatList", "shortNames": ["bt"]},
        "versions": [{
            "name": "v1", "served": True, "storage": True, "subresources": {"status": {}},
            "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "spec": {"type": "object", "required": ["masts"], "properties": {
                    "masts": {"type": "integer", "minimum": 1}, "flag": {"type": "string", "default": "white"}}},
                "status": {"type": "object", "properties": {"afloat": {"type": "boolean"}}}}}}}]}}


def boat(name, masts):
    return {"apiVersion": GROUP_VERSION, "kind": "Boat", "metadata": {"name": name}, "spec": {"masts": masts}}


def raises(error, call):
    try:
        call()
    except error as raised:
        return raised
    raise AssertionError("no %s" % error.__name__)


raises(ResourceNotFoundError, lambda: api.resources.get(api_version=GROUP_VERSION, kind="Boat"))
definitions = api.resources.get(api_version="apiextensions.k8s.io/v1", kind="CustomResourceDefinition")
definitions.create(body=definition)
for event in definitions.watch(field_selector="metadata.name=boats.python.example.com", timeout=60):
    conditions = event["object"].to_dict().get("status", {}).get("conditions") or []
    if any(c["type"] == "Established" and c["status"] == "True" for c in conditions):
        break
api.resources.invalidate_cache()
boats = api.resources.get(api_version=GROUP_VERSION, kind="Boat")
assert boats.namespaced and "watch" in boats.verbs and boats.singular_name == "boat", boats

created = boats.create(body=boat("xebec", 3), namespace=NAMESPACE)
assert created.spec.flag == "white" and created.metadata.generation == 1
raises(ConflictError, lambda: boats.create(body=boat("xebec", 3), namespace=NAMESPACE))
assert "spec.masts" in str(raises(UnprocessibleEntityError, lambda: boats.create(body=boat("raft", 0), namespace=NAMESPACE)).body)

# A merge patch of the spec counts a generation, one of the status does not.
merge = "application/merge-patch+json"
changed = boats.patch(name="xebec", namespace=NAMESPACE, body={"spec": {"masts": 2}}, content_type=merge)
assert (changed.spec.masts, changed.metadata.generation) == (2, 2), changed
floating = boats.status.patch(name="xebec", namespace=NAMESPACE, body={"status": {"afloat": True}, "spec": {"masts": 9}}, content_type=merge)
assert (floating.status.afloat, floating.spec.masts, floating.metadata.generation) == (True, 2, 2), floating

# Server-side apply, with its conflicts.
def apply(masts, manager, force=False):
    return boats.server_side_apply(
        body=json.dumps(boat("xebec", masts)), name="xebec", namespace=NAMESPACE, field_manager=manager, force_conflicts=force)


applied = apply(4, "captain", force=True)
assert applied.spec.masts == 4
conflict = raises(ConflictError, lambda: apply(5, "mutineer"))
assert b'conflict with \\"captain\\"' in conflict.body, conflict.body

# A watch from the version of a list sees what came after it.
version = boats.get(namespace=NAMESPACE).metadata.resourceVersion
boats.create(body=boat("galley", 1), namespace=NAMESPACE)
boats.delete(name="galley", namespace=NAMESPACE)
seen = []
for event in boats.watch(namespace=NAMESPACE, resource_version=version, timeout=60):
    seen.append("%s %s" % (event["type"], event["object"].metadata.name))
    if len(seen) == 2:
        break
assert seen == ["ADDED galley", "DELETED galley"], seen
raises(NotFoundError, lambda: boats.get(name="galley", namespace=NAMESPACE))
definitions.delete(name="boats.python.example.com")
print("dynamic: ok")
