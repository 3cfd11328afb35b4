import * as k8s from '@kubernetes/client-node';

/** The kubeconfig that $KUBECONFIG names. */
export function load() {
  const config = new k8s.KubeConfig();
  config.loadFromDefault();
  return config;
}
