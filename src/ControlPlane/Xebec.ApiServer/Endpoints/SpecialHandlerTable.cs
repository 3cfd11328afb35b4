using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Every handler that is not a generic verb.</summary>
internal static class SpecialHandlerTable
{
    public static void Fill(SpecialHandlers special, ReadHandlers reads, ResourceWriter writer, ContentNegotiation negotiation)
    {
    }
}
