using System.Text;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Errors;

public sealed class ApiErrorsTests
{
    private static readonly ResourceInfo Deployments = new()
    {
        GroupVersion = new("apps", "v1"),
        Kind = "Deployment",
        Plural = "deployments",
        Singular = "deployment",
        Namespaced = true,
        StorageFolder = "deployments",
    };

    [Fact]
    public void A_missing_object_is_a_status_in_upstreams_words_and_order() => Assert.Equal(
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"deployments.apps \"x\" not found",""" + '\n' +
        """
        "reason":"NotFound","details":{"name":"x","group":"apps","kind":"deployments"},"code":404}
        """,
        Text(ApiErrors.NotFound(Deployments, "x")).Replace(",\"reason", ",\n\"reason", StringComparison.Ordinal));

    [Fact]
    public void An_invalid_object_lists_distinct_messages_and_all_causes()
    {
        var spec = FieldPath.Root("spec");
        var error = ApiErrors.Invalid(Deployments, "x", [
            FieldError.Required(spec.Child("a")),
            FieldError.Invalid(spec.Child("b").Index(0).Key("k"), "v\n", "must be good"),
            FieldError.Required(spec.Child("a")),
        ]);
        Assert.Equal(
            "Deployment.apps \"x\" is invalid: [spec.a: Required value, spec.b[0][k]: Invalid value: \"v\\n\": must be good]",
            error.Message);
        Assert.Equal(422, error.Code);
        Assert.Equal(3, error.Details!.Causes.Count);
        Assert.Equal(new StatusCause("FieldValueRequired", "Required value", "spec.a"), error.Details.Causes[0]);
    }

    [Fact]
    public void One_broken_rule_stands_without_brackets() => Assert.Equal(
        "Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        ApiErrors.Invalid(Deployments, "x", [FieldError.Invalid(FieldPath.Root("spec").Child("replicas"), -1, "must be greater than or equal to 0")]).Message);

    [Fact]
    public void Field_errors_read_as_upstreams()
    {
        var path = FieldPath.Root("f");
        Assert.Equal("f: Unsupported value: \"x\": supported values: \"a\", \"b\"", FieldError.NotSupported(path, "x", ["a", "b"]).ToString());
        Assert.Equal("f: Too long: may not be more than 63 bytes", FieldError.TooLong(path, 63).ToString());
        Assert.Equal("f: Too many: 5: must have at most 1 item", FieldError.TooMany(path, 5, 1).ToString());
        Assert.Equal("f: Forbidden: no", FieldError.Forbidden(path, "no").ToString());
        Assert.Equal("f: Duplicate value: {\"a\":1}", FieldError.Duplicate(path, Value.Parse("""{"a":1}""")).ToString());
        Assert.Equal("f: Not found: true", FieldError.NotFound(path, true).ToString());
    }

    [Fact]
    public void A_conflict_says_what_to_do() => Assert.Equal(
        "Operation cannot be fulfilled on deployments.apps \"x\": the object has been modified; please apply your changes to the latest version and try again",
        ApiErrors.ObjectModified(Deployments, "x").Message);

    [Fact]
    public void Forbidden_names_as_much_as_it_knows()
    {
        Assert.Equal("forbidden: why", ApiErrors.Forbidden("", "", "", "why").Message);
        Assert.Equal("deployments.apps is forbidden: why", ApiErrors.Forbidden(Deployments, "", "why").Message);
        Assert.Equal("deployments.apps \"x\" is forbidden: why", ApiErrors.Forbidden(Deployments, "x", "why").Message);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var error = ApiErrors.ContinueTooOld("token");
        var read = StatusJson.Read(Value.Parse(error.ToUtf8()))!;
        Assert.Equal((error.Code, error.Reason, error.Message, "token"), (read.Code, read.Reason, read.Message, read.Continue));
        Assert.Null(StatusJson.Read(Value.Parse(StatusJson.Success())));
    }

    [Fact]
    public void An_old_revision_names_both_revisions() =>
        Assert.Equal("too old resource version: 1 (5)", ApiErrors.ResourceVersionTooOld(1, 5).Message);

    [Theory]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("\u0001\u200b\u00e9", "\"\\x01\\u200bé\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    public void Text_is_quoted_as_go_quotes(string text, string quoted) => Assert.Equal(quoted, GoText.Quote(text));

    private static string Text(ApiException error) => Encoding.UTF8.GetString(error.ToUtf8());
}
