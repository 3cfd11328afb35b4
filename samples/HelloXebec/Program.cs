using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using HelloXebec;

// Readiness fails at once on SIGTERM, but requests are answered until the Services have forgotten this pod.
var drain = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("DRAIN_SECONDS") ?? "5"));
var port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "8080");
using var stopped = new CancellationTokenSource();
var server = new HelloServer(Environment.GetEnvironmentVariable("VERSION") ?? "1");
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    server.IsDraining = true;
    stopped.CancelAfter(drain);
});
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = true;
    stopped.Cancel();
});
using var listener = new TcpListener(IPAddress.IPv6Any, port) { Server = { DualMode = true } };
await server.RunAsync(listener, stopped.Token);
