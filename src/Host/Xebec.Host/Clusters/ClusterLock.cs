using System.Net;
using System.Net.Sockets;
using Xebec.ComponentBase;
using Xebec.Host.Processes;

namespace Xebec.Host.Clusters;

/// <summary>Makes this process the only one that runs a part of a cluster, and says so in the part's pid file.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly PidFile _pidFile;

    private ClusterLock(FileStream lockStream, PidFile pidFile) => (_lock, _pidFile) = (lockStream, pidFile);

    /// <exception cref="HostException">Another process runs this part.</exception>
    public static ClusterLock Take(DataFolder folder, string part)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder.LockFile(part))!);
        var pidFile = new PidFile(folder.PidFile(part));
        try
        {
            var stream = new FileStream(folder.LockFile(part), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            pidFile.Write(ProcessIdentity.Current);
            return new ClusterLock(stream, pidFile);
        }
        catch (IOException exception)
        {
            var owner = pidFile.ReadAlive() is { } process ? $" as process {process.Pid}" : "";
            throw new HostException(
                $"the cluster in {folder.Root} is running already{owner}; stop it with: xebec down --data-dir {folder.Root}", exception);
        }
    }

    /// <exception cref="HostException">Something else listens on the port.</exception>
    public static void CheckPortIsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Any, port) { Server = { DualMode = true } };
            listener.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new HostException($"port {port} is taken by another program; choose another one with --port", exception);
        }
    }

    public void Dispose()
    {
        _pidFile.Delete();
        _lock.Dispose();
    }
}
