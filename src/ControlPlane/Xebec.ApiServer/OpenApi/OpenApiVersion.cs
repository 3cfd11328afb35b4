namespace Xebec.ApiServer.OpenApi;

/// <summary>The version of the OpenAPI specification that a document is written for.</summary>
internal enum OpenApiVersion
{
    /// <summary>2.0 (Swagger): one document for all groups.</summary>
    V2,

    /// <summary>3.0: one document for each group and version.</summary>
    V3,
}
