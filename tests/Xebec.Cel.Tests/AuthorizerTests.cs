using Xebec.Cel.Libraries;
using Xebec.Cel.Values;

namespace Xebec.Cel.Tests;

public sealed class AuthorizerTests
{
    [Theory]
    [InlineData("authorizer.path('/healthz').check('get').allowed()", "true")]
    [InlineData("authorizer.group('').resource('pods').namespace('x').check('create').allowed()", "true")]
    [InlineData("authorizer.group('').resource('pods').check('delete').allowed()", "false")]
    [InlineData("authorizer.group('').resource('pods').check('delete').reason()", "'no rule'")]
    [InlineData("authorizer.group('apps').resource('deployments').subresource('scale').name('n').check('create').error()", "'broken'")]
    [InlineData("authorizer.group('apps').resource('deployments').check('create').errored()", "true")]
    [InlineData("authorizer.serviceAccount('ns', 'sa').group('').resource('pods').check('create').allowed()", "true")]
    [InlineData("authorizer.serviceAccount('', 'sa').path('/x')", "error: Invalid service account namespace: ")]
    [InlineData("authorizer.path('')", "error: path must not be empty")]
    [InlineData("authorizer.resource('pods')", "refused: found no matching overload for 'resource' applied to 'kubernetes.authorization.Authorizer.(string)'")]
    public void Checks_are_asked_of_the_delegate(string expression, string expected)
    {
        var environment = new CelEnvironment([new("authorizer", CelType.Authorizer)]);
        Assert.StartsWith(expected, Cel.Run(environment, expression, new CelActivation().Set("authorizer", CelValue.Authorizer(Decide))));
    }

    [Fact]
    public void A_query_has_all_that_was_spelled_out()
    {
        CelAuthorizationQuery? asked = null;
        var activation = new CelActivation().Set("authorizer", CelValue.Authorizer(query =>
        {
            asked = query;
            return new(true);
        }));
        const string Expression = "authorizer.serviceAccount('a', 'b').group('g').resource('r').subresource('s').namespace('n').name('x')"
            + ".fieldSelector('f=1').labelSelector('l=2').check('v').allowed()";
        Assert.Equal("true", Cel.Run(new CelEnvironment([new("authorizer", CelType.Authorizer)]), Expression, activation));
        Assert.Equal(
            new CelAuthorizationQuery
            {
                ServiceAccount = ("a", "b"),
                Group = "g",
                Resource = "r",
                Subresource = "s",
                Namespace = "n",
                Name = "x",
                FieldSelector = "f=1",
                LabelSelector = "l=2",
                Verb = "v",
            },
            asked);
    }

    [Fact]
    public void The_requests_own_resource_can_be_checked()
    {
        var environment = new CelEnvironment([new("authorizer", CelType.Authorizer), new("authorizer.requestResource", CelType.ResourceCheck)]);
        var activation = new CelActivation().Set(
            "authorizer.requestResource", CelValue.ResourceCheck(Decide, new CelAuthorizationQuery { Resource = "pods" }));
        Assert.Equal("true", Cel.Run(environment, "authorizer.requestResource.check('create').allowed()", activation));
        Assert.True(environment.Compile("authorizer.requestResource.check('x').allowed()").Uses("authorizer.requestResource"));
        Assert.Equal(LibraryTypes.ResourceCheck.Name, environment.Compile("authorizer.requestResource").ResultType.Name);
    }

    private static CelAuthorizationDecision Decide(CelAuthorizationQuery query) => query switch
    {
        { Group: "apps" } => new(false, "", "broken"),
        { Path: "/healthz" } or { Resource: "pods", Verb: "create" } => new(true, "rule"),
        _ => new(false, "no rule"),
    };
}
