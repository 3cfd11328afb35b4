using System.Runtime.InteropServices;
using k8s;
using WebsiteOperator;

using var stop = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
using var client = new Kubernetes(KubernetesClientConfiguration.BuildDefaultConfig());
await new WebsiteController(client, TimeProvider.System, Console.Error.WriteLine).RunAsync(stop.Token);
