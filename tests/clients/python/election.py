"""The client's own leader election, over a ConfigMap: one leads, and the other does when the first lets go."""
import threading
import uuid

from kubernetes import client, config
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock

config.load_kube_config()
NAME, NAMESPACE = "python-election", "default"
order, second_leads = [], threading.Event()


class Done(Exception):
    """Ends a candidate, which never stops by itself."""


class Lock(ConfigMapLock):
    """A lock whose holder lets go after some renewals, as one that dies."""

    def __init__(self, identity, renewals):
        super().__init__(NAME, NAMESPACE, identity)
        self.left = renewals

    def update(self, name, namespace, updated_record):
        self.left -= 1
        if self.left < 0:
            raise Done()
        return super().update(name, namespace, updated_record)


def compete(identity, renewals, leading):
    def lead():
        order.append(identity)
        leading.set()

    settings = electionconfig.Config(
        Lock(identity, renewals), lease_duration=3, renew_deadline=2, retry_period=1, onstarted_leading=lead, onstopped_leading=lambda: None)
    try:
        leaderelection.LeaderElection(settings).run()
    except Done:
        pass


first, second = "first-" + uuid.uuid4().hex, "second-" + uuid.uuid4().hex
first_leads = threading.Event()
one = threading.Thread(target=compete, args=(first, 2, first_leads), daemon=True)
one.start()
assert first_leads.wait(60)
two = threading.Thread(target=compete, args=(second, 2, second_leads), daemon=True)
two.start()
assert second_leads.wait(60)
one.join(60)
two.join(60)
assert order == [first, second], order
record = client.CoreV1Api().read_namespaced_config_map(NAME, NAMESPACE).metadata.annotations["control-plane.alpha.kubernetes.io/leader"]
assert second in record, record
print("election: ok")
