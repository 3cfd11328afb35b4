using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiMachinery.Tests.Apply.Writes;

namespace Xebec.ApiMachinery.Tests.Apply;

public sealed class FieldManagerUpdateTests
{
    [Fact]
    public void A_create_owns_what_it_sets_in_upstreams_form()
    {
        var created = Create("kubectl-create", """
            {"apiVersion":"test/v1","kind":"App",
             "metadata":{"name":"web","uid":"u","labels":{"app":"web"},"finalizers":["x"]},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},"nodeSelector":{"a":"b"},
              "strategy":{"type":"Rolling","rolling":{"surge":1}},
              "containers":[{"name":"c","image":"i","args":["a"],"ports":[{"port":80}],"resources":{}}]}}
            """);
        Assert.Equal(
            """
            {"f:metadata":{"f:finalizers":{".":{},"v:\"x\"":{}},"f:labels":{".":{},"f:app":{}}},
            "f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{},"f:image":{},"f:name":{},
            "f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}},"f:resources":{}}},
            "f:nodeSelector":{},"f:replicas":{},"f:selector":{},
            "f:strategy":{"f:rolling":{".":{},"f:surge":{}},"f:type":{}}}}
            """.ReplaceLineEndings(""),
            FieldsOf(created, "kubectl-create"));
    }

    [Fact]
    public void An_entry_says_who_how_where_and_when()
    {
        var created = Create("m", """{"spec":{"paused":true}}""");
        Assert.Equal(
            """[{"manager":"m","operation":"Update","apiVersion":"test/v1","time":"t0","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:paused":{}}}}]""",
            created.GetObject("metadata")!["managedFields"]!.ToString());
    }

    [Fact]
    public void Who_changes_a_field_takes_it_from_its_owner()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1,"paused":true}}""");
        var updated = Update(created, "b", """{"metadata":{"uid":"u"},"spec":{"replicas":2,"paused":true}}""", "t1");
        Assert.Equal("""{"f:spec":{"f:paused":{}}}""", FieldsOf(updated, "a"));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", FieldsOf(updated, "b"));
    }

    [Fact]
    public void Who_removes_a_field_owns_nothing_and_nobody_owns_it()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1,"paused":true}}""");
        var updated = Update(created, "b", """{"metadata":{"uid":"u"},"spec":{"paused":true}}""", "t1");
        Assert.Equal(["a"], Managers(updated));
        Assert.Equal("""{"f:spec":{"f:paused":{}}}""", FieldsOf(updated, "a"));
        Assert.Equal("t0", TimeOf(updated, "a"));
    }

    [Fact]
    public void A_write_that_changes_nothing_changes_no_time()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        var updated = Update(created, "a", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""", "t1");
        Assert.True(FieldManager.IsUnchanged(created, updated));
        Assert.Equal("t0", TimeOf(updated, "a"));
    }

    [Fact]
    public void A_subresource_has_its_own_entry_and_cannot_own_the_spec()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        var updated = Update(
            created, "a", """{"metadata":{"uid":"u"},"spec":{"replicas":5},"status":{"ready":1,"conditions":[{"type":"T","status":"True"}]}}""", "t1", "status");
        Assert.Equal(
            """{"f:status":{"f:conditions":{".":{},"k:{\"type\":\"T\"}":{".":{},"f:status":{},"f:type":{}}},"f:ready":{}}}""",
            FieldsOf(updated, "a", "status"));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", FieldsOf(updated, "a"));
    }

    [Fact]
    public void The_status_sent_to_the_main_path_is_not_owned()
    {
        var created = Create("a", """{"spec":{"replicas":1},"status":{"ready":1}}""");
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", FieldsOf(created, "a"));
    }

    [Fact]
    public void One_empty_entry_resets_and_tracking_stays_off()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        var reset = Update(created, "b", """{"metadata":{"uid":"u","managedFields":[{}]},"spec":{"replicas":1}}""", "t1");
        Assert.Empty(Managers(reset));
        Assert.Empty(Managers(Update(reset, "b", """{"metadata":{"uid":"u"},"spec":{"replicas":3}}""", "t2")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"manager":"x","operation":"Jump","fieldsType":"FieldsV1"}]""")]
    [InlineData("""[{"manager":"x","operation":"Update","fieldsType":"FieldsV1","fieldsV1":{"z:a":{}}}]""")]
    public void Empty_or_wrong_managed_fields_are_replaced_by_the_live_ones(string sent)
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        var updated = Update(created, "b", $$$"""{"metadata":{"uid":"u","managedFields":{{{sent}}}},"spec":{"replicas":1}}""", "t1");
        Assert.Equal(["a"], Managers(updated));
    }

    [Fact]
    public void A_client_may_hand_its_fields_to_another_manager()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"containers":[{"name":"c"}]}}""");
        var sent = """[{"manager":"x","operation":"Apply","apiVersion":"test/v1","time":"t0","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:containers":{"k:{ \"name\" : \"c\" }":{}}}}}]""";
        var updated = Update(created, "b", $$$"""{"metadata":{"uid":"u","managedFields":{{{sent}}}},"spec":{"containers":[{"name":"c"}]}}""", "t1");
        Assert.Equal("""{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{}}}}""", FieldsOf(updated, "x"));
    }

    [Fact]
    public void More_than_ten_updaters_are_merged_oldest_first()
    {
        var live = Create("m00", """{"metadata":{"uid":"u"},"spec":{"replicas":1}}""");
        for (var i = 1; i <= 14; i++)
        {
            var next = (ObjectValue)live.DeepClone();
            next.GetObject("metadata")!.GetOrAddObject("labels")[$"l{i:00}"] = "x";
            live = Update(live, $"m{i:00}", next.ToString(), $"t{i:00}");
        }

        Assert.Equal(10, Managers(live).Count);
        Assert.Equal("ancient-changes", Managers(live)[0]);
        Assert.Contains("f:l03", FieldsOf(live, "ancient-changes"), StringComparison.Ordinal);
        Assert.Contains("f:replicas", FieldsOf(live, "ancient-changes"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reordered_items_with_keys_are_no_change()
    {
        var created = Create("a", """{"metadata":{"uid":"u"},"spec":{"containers":[{"name":"a","image":"1"},{"name":"b"}]}}""");
        var updated = Update(created, "b", """{"metadata":{"uid":"u"},"spec":{"containers":[{"name":"b"},{"name":"a","image":"2"}]}}""", "t1");
        Assert.Equal("""{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:image":{}}}}}""", FieldsOf(updated, "b"));
    }

    [Fact]
    public void Without_a_schema_maps_are_owned_by_member_and_lists_whole()
    {
        var updated = Xebec.ApiMachinery.Tests.Patches.TestSchema.Parse("""{"apiVersion":"x/v1","kind":"K","spec":{"a":{"b":1},"l":[{"c":1}]}}""");
        FieldManager.TrackUpdateAsync(null, updated, new(null, "x/v1"), "m", "", "t0").Finished();
        Assert.Equal("""{"f:spec":{".":{},"f:a":{".":{},"f:b":{}},"f:l":{}}}""", FieldsOf(updated, "m"));
    }

    [Theory]
    [InlineData("", "kubectl/v1.30.0 (linux/amd64)", "kubectl")]
    [InlineData("mine", "kubectl/v1", "mine")]
    [InlineData(null, null, "unknown")]
    [InlineData("", "Mozilla\u0007/5", "Mozilla")]
    public void A_manager_is_named_by_parameter_or_user_agent(string? parameter, string? agent, string name) =>
        Assert.Equal(name, ManagerName.Of(parameter, agent));
}
