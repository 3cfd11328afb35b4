using Xebec.ApiMachinery.Resources;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>An object as the graph knows it.</summary>
internal sealed record ObjectIdentity(ResourceInfo Resource, string Namespace, string Name, string Uid);
