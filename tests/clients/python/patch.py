"""The three patches, conflicts, subresources and the errors of the typed client."""
import json

from kubernetes import client, config
from kubernetes.client.rest import ApiException

config.load_kube_config()
core, apps = client.CoreV1Api(), client.AppsV1Api()
NAMESPACE = "default"


def refused(call, status, reason):
    try:
        call()
    except ApiException as error:
        assert (error.status, json.loads(error.body)["reason"]) == (status, reason), error
        return json.loads(error.body)
    raise AssertionError("not refused with %s" % reason)


pod_spec = client.V1PodSpec(containers=[
    client.V1Container(name="a", image="web:1"), client.V1Container(name="b", image="web:1")])
deployment = client.V1Deployment(
    metadata=client.V1ObjectMeta(name="python"),
    spec=client.V1DeploymentSpec(
        replicas=0, selector=client.V1LabelSelector(match_labels={"app": "python"}),
        template=client.V1PodTemplateSpec(metadata=client.V1ObjectMeta(labels={"app": "python"}), spec=pod_spec)))
created = apps.create_namespaced_deployment(NAMESPACE, deployment)
assert refused(lambda: apps.create_namespaced_deployment(NAMESPACE, deployment), 409, "AlreadyExists")["details"]["kind"] == "deployments"

# A dict is a strategic merge patch: one container of the two changes.
patched = apps.patch_namespaced_deployment(
    "python", NAMESPACE, {"spec": {"template": {"spec": {"containers": [{"name": "b", "image": "web:2"}]}}}})
assert [c.image for c in patched.spec.template.spec.containers] == ["web:1", "web:2"], patched

# A list is a JSON patch.
patched = apps.patch_namespaced_deployment("python", NAMESPACE, [
    {"op": "test", "path": "/spec/replicas", "value": 0}, {"op": "add", "path": "/metadata/labels", "value": {"x": "y"}}])
assert patched.metadata.labels == {"x": "y"}
refused(lambda: apps.patch_namespaced_deployment("python", NAMESPACE, [{"op": "test", "path": "/spec/replicas", "value": 9}]), 422, "Invalid")

# A stale object is a conflict; a server-side dry run changes nothing.
created.spec.replicas = 1
refused(lambda: apps.replace_namespaced_deployment("python", NAMESPACE, created), 409, "Conflict")
created.metadata.resource_version = None
assert apps.replace_namespaced_deployment("python", NAMESPACE, created, dry_run="All").spec.replicas == 1
assert apps.read_namespaced_deployment("python", NAMESPACE).spec.replicas == 0

# Subresources.
scaled = apps.patch_namespaced_deployment_scale("python", NAMESPACE, {"spec": {"replicas": 2}})
assert scaled.spec.replicas == 2 and apps.read_namespaced_deployment_scale("python", NAMESPACE).spec.replicas == 2
status = apps.patch_namespaced_deployment_status("python", NAMESPACE, {"status": {"conditions": [
    {"type": "Python", "status": "True", "reason": "Tested"}]}})
assert "Python" in [c.type for c in status.status.conditions]

# Every broken field is a cause with its path.
deployment.metadata.name = "Not_Valid"
deployment.spec.template.spec.containers[0].name = ""
causes = refused(lambda: apps.create_namespaced_deployment(NAMESPACE, deployment), 422, "Invalid")["details"]["causes"]
assert {"metadata.name", "spec.template.spec.containers[0].name"} <= {c["field"] for c in causes}, causes
refused(lambda: core.read_namespaced_pod("none", NAMESPACE), 404, "NotFound")
answer = apps.delete_namespaced_deployment("python", NAMESPACE, propagation_policy="Background")
assert answer.status == "Success", answer
print("patch: ok")
