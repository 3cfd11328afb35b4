using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Errors;
using static Xebec.ApiMachinery.Tests.Apply.Writes;

namespace Xebec.ApiMachinery.Tests.Apply;

public sealed class FieldManagerApplyTests
{
    private const string Two = """{"metadata":{"name":"w"},"spec":{"replicas":2,"containers":[{"name":"a","image":"1","ports":[{"port":80}]}]}}""";

    [Fact]
    public void A_first_apply_creates_and_owns_exactly_the_configuration()
    {
        var applied = Applied(null, "m", Two);
        Assert.Equal("""{"replicas":2,"containers":[{"name":"a","image":"1","ports":[{"port":80}]}]}""", Spec(applied));
        Assert.Equal(
            """
            {"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:image":{},"f:name":{},
            "f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}},"f:replicas":{}}}
            """.ReplaceLineEndings(""),
            FieldsOf(applied, "m"));
    }

    [Fact]
    public void Applying_the_same_again_changes_nothing()
    {
        var once = Applied(null, "m", Two);
        Assert.Equal(once.ToString(), Applied(once, "m", Two, now: "t2").ToString());
    }

    [Fact]
    public void What_is_applied_no_more_is_removed_unless_another_owns_it()
    {
        var live = Applied(null, "m", """{"metadata":{"name":"w","labels":{"a":"1"}},"spec":{"replicas":2,"paused":true,"containers":[{"name":"a","image":"1"},{"name":"b"}]}}""");
        live = Applied(live, "n", """{"metadata":{"name":"w"},"spec":{"paused":true}}""");
        live = Applied(live, "m", """{"metadata":{"name":"w"},"spec":{"containers":[{"name":"a"}]}}""", now: "t2");
        Assert.Equal("""{"paused":true,"containers":[{"name":"a"}]}""", Spec(live));
        Assert.Equal("w", live.GetObject("metadata")!.GetString("name"));
        Assert.Null(live.GetObject("metadata")!["labels"]);
    }

    [Fact]
    public void Fields_nobody_owns_stay_unless_their_item_goes()
    {
        var live = Applied(null, "m", """{"spec":{"replicas":2,"containers":[{"name":"a"},{"name":"b"}]}}""");
        live.GetObject("spec")!["paused"] = true;
        live.GetObject("spec")!.GetList("containers")![1].AsObject()!["image"] = "defaulted";
        Assert.Equal(
            """{"replicas":2,"containers":[{"name":"a"}],"paused":true}""",
            Spec(Applied(live, "m", """{"spec":{"replicas":2,"containers":[{"name":"a"}]}}""")));
    }

    [Fact]
    public void Changing_what_another_owns_is_a_conflict_in_upstreams_words()
    {
        var live = Create("kubectl-client-side-apply", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        var error = Assert.Throws<ApiException>(() => Applied(live, "m", """{"spec":{"replicas":2}}"""));
        Assert.Equal(
            """Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using test/v1: .spec.replicas""", error.Message);
        Assert.Equal(409, error.Code);
        Assert.Equal(
            new StatusCause("FieldManagerConflict", """conflict with "kubectl-client-side-apply" using test/v1""", ".spec.replicas"),
            Assert.Single(error.Details!.Causes));
    }

    [Fact]
    public void Several_conflicts_are_listed_by_manager()
    {
        var live = Applied(null, "b", """{"spec":{"containers":[{"name":"a","image":"1"}]}}""");
        live = Applied(live, "a", """{"spec":{"replicas":1,"paused":true}}""");
        var error = Assert.Throws<ApiException>(() => Applied(
            live, "m", """{"spec":{"replicas":2,"paused":false,"containers":[{"name":"a","image":"2"}]}}"""));
        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"a\":\n- .spec.paused\n- .spec.replicas\n"
            + "conflicts with \"b\":\n- .spec.containers[name=\"a\"].image",
            error.Message);
    }

    [Fact]
    public void Force_takes_the_fields()
    {
        var live = Applied(null, "a", """{"spec":{"replicas":1,"paused":true}}""");
        live = Applied(live, "m", """{"spec":{"replicas":2}}""", force: true);
        Assert.Equal("""{"f:spec":{"f:paused":{}}}""", FieldsOf(live, "a"));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", FieldsOf(live, "m"));
    }

    [Fact]
    public void The_same_value_is_shared_without_conflict()
    {
        var live = Applied(null, "a", """{"spec":{"replicas":1}}""");
        live = Applied(live, "m", """{"spec":{"replicas":1}}""");
        Assert.Equal(["a", "m"], Managers(live));
        live = Applied(live, "a", """{"spec":{"paused":true}}""");
        Assert.Equal("""{"replicas":1,"paused":true}""", Spec(live));
    }

    [Fact]
    public void An_object_without_managed_fields_had_them_before_the_first_apply()
    {
        var live = Patches.TestSchema.Parse("""{"metadata":{"uid":"u"},"spec":{"replicas":1,"paused":true}}""");
        var error = Assert.Throws<ApiException>(() => Applied(live, "m", """{"spec":{"replicas":2}}"""));
        Assert.Contains("\"before-first-apply\" using test/v1: .spec.replicas", error.Message, StringComparison.Ordinal);
        Assert.Equal(["m", "before-first-apply"], Managers(Applied(live, "m", """{"spec":{"replicas":2}}""", force: true)));
    }

    [Fact]
    public void Kubectl_takes_over_what_client_side_apply_set_and_keeps_the_annotation_in_step()
    {
        const string Annotated = """
            {"metadata":{"uid":"u","annotations":{"kubectl.kubernetes.io/last-applied-configuration":
            "{\"apiVersion\":\"test/v1\",\"spec\":{\"replicas\":1}}"}},"spec":{"replicas":1,"paused":true}}
            """;
        var live = Create("kubectl-client-side-apply", Annotated);
        Assert.Throws<ApiException>(() => Applied(live, "other", """{"spec":{"replicas":2}}"""));
        Assert.Throws<ApiException>(() => Applied(live, "kubectl", """{"spec":{"replicas":2,"paused":false}}"""));
        var applied = Applied(live, "kubectl", """{"spec":{"replicas":2}}""");
        Assert.Equal("""{"replicas":2,"paused":true}""", Spec(applied));
        Assert.Equal(
            "{\"apiVersion\":\"test/v1\",\"spec\":{\"replicas\":2}}\n",
            applied.GetObject("metadata")!.GetObject("annotations")!.GetString("kubectl.kubernetes.io/last-applied-configuration"));
    }

    [Fact]
    public void Sets_merge_and_prune_by_item()
    {
        var live = Applied(null, "a", """{"metadata":{"finalizers":["x","y"]}}""");
        live = Applied(live, "b", """{"metadata":{"finalizers":["z","y"]}}""");
        Assert.Equal("""["x","z","y"]""", live.GetObject("metadata")!["finalizers"]!.ToString());
        live = Applied(live, "a", """{"metadata":{"name":"w"}}""");
        Assert.Equal("""["z","y"]""", live.GetObject("metadata")!["finalizers"]!.ToString());
    }

    [Fact]
    public void Atomic_fields_are_replaced_and_conflict_as_a_whole()
    {
        var live = Applied(null, "a", """{"spec":{"nodeSelector":{"x":"1"}}}""");
        Assert.Contains(".spec.nodeSelector", Assert.Throws<ApiException>(
            () => Applied(live, "b", """{"spec":{"nodeSelector":{"y":"1"}}}""")).Message, StringComparison.Ordinal);
        Assert.Equal("""{"nodeSelector":{"y":"1"}}""", Spec(Applied(live, "b", """{"spec":{"nodeSelector":{"y":"1"}}}""", force: true)));
    }

    [Fact]
    public void An_embedded_object_is_merged_by_member()
    {
        var live = Applied(null, "a", """{"spec":{"extra":{"x":{"p":1},"l":[1]}}}""");
        live = Applied(live, "b", """{"spec":{"extra":{"x":{"q":1},"l":[1]}}}""");
        Assert.Equal("""{"extra":{"x":{"p":1,"q":1},"l":[1]}}""", Spec(live));
    }

    [Fact]
    public void Applying_null_removes_a_scalar() => Assert.Equal(
        """{"paused":true}""",
        Spec(Applied(Applied(null, "a", """{"spec":{"replicas":1,"paused":true}}"""), "a", """{"spec":{"replicas":null,"paused":true}}""")));

    [Theory]
    [InlineData("""{"spec":{"x":1}}""", ".spec.x: field not declared in schema")]
    [InlineData("""{"spec":{"containers":[{"image":"a"}]}}""", ".spec.containers: element 0: associative list with keys has an element that omits key field \"name\"")]
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"a"}]}}""", ".spec.containers: duplicate entries for key [name=\"a\"]")]
    [InlineData("""{"spec":{"replicas":"a"}}""", ".spec.replicas: expected numeric (int or float), got a")]
    [InlineData("""{"spec":[]}""", ".spec: expected map, got []")]
    public void A_configuration_that_does_not_fit_is_refused(string config, string fault)
    {
        var error = Assert.Throws<ApiException>(() => Applied(null, "m", config));
        Assert.StartsWith("failed to create typed patch object (/; test/v1, Kind=): " + fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Managed_fields_cannot_be_applied() => Assert.Equal(
        "metadata.managedFields must be nil",
        Assert.Throws<ApiException>(() => Applied(null, "m", """{"metadata":{"managedFields":[]}}""")).Message);

    [Fact]
    public void Another_version_cannot_be_applied()
    {
        var config = Patches.TestSchema.Parse("""{"apiVersion":"test/v2"}""");
        Assert.Equal(
            "Incorrect version specified in apply patch. Specified patch version: test/v2, expected: test/v1",
            Assert.Throws<ApiException>(() => FieldManager.ApplyAsync(null, config, new(null, "test/v1"), "m", false, "", "t").Finished()).Message);
    }

    [Fact]
    public void Applying_nothing_gives_up_everything()
    {
        var live = Applied(null, "m", """{"metadata":{"name":"w"},"spec":{"replicas":1}}""");
        live = Applied(live, "m", """{"metadata":{"name":"w"}}""");
        Assert.Empty(Managers(live));
        Assert.Equal("", Spec(live));
    }
}
