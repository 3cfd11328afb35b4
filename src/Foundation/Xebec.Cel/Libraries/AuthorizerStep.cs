namespace Xebec.Cel.Libraries;

/// <summary>How far an authorization check has been spelled out.</summary>
internal enum AuthorizerStep
{
    Authorizer,
    Path,
    Group,
    Resource,
}
