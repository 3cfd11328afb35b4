using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Quantities;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Plugins;

/// <summary>What each plugin rejects, with upstream's words.</summary>
public sealed class FilterTests
{
    [Theory]
    [InlineData("4", "8Gi", "fits on n")]
    [InlineData("4001m", "1Gi", "0/1 nodes are available: 1 Insufficient cpu.")]
    [InlineData("1", "9Gi", "0/1 nodes are available: 1 Insufficient memory.")]
    [InlineData("5", "9Gi", "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.")]
    public void NodeResourcesFit_compares_requests_with_what_is_allocatable(string cpu, string memory, string expected) =>
        Assert.Equal(expected, Scheduling.ReasonFor(Info("p", cpu, memory), NodeInfo(Node("n"))));

    [Fact]
    public void NodeResourcesFit_counts_pods_that_run_and_their_number()
    {
        var full = NodeInfo(Node("n", cpu: "1"), Info("a", "600m"));
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu.", Scheduling.ReasonFor(Info("p", "500m"), full));
        Assert.Equal("0/1 nodes are available: 1 Too many pods.", Scheduling.ReasonFor(Info("p"), NodeInfo(Node("n", pods: 1), Info("a"))));
    }

    [Fact]
    public void NodeResourcesFit_counts_extended_resources()
    {
        var gpu = Node("n", change: n => n.Status.Allocatable["example.com/gpu"] = new Quantity(1));
        var wants = Info("p", change: p => p.Spec.Containers[0].Resources.Requests["example.com/gpu"] = new Quantity(1));
        Assert.Equal("fits on n", Scheduling.ReasonFor(wants, NodeInfo(gpu)));
        var another = Info("q", change: p => p.Spec.Containers[0].Resources.Requests["example.com/gpu"] = new Quantity(1));
        Assert.Equal("0/1 nodes are available: 1 Insufficient example.com/gpu.", Scheduling.ReasonFor(wants, NodeInfo(gpu, another)));
    }

    [Theory]
    [InlineData("key", "Equal", "value", "NoSchedule", true)]
    [InlineData("key", "", "value", "", true)]
    [InlineData("key", "Exists", "", "", true)]
    [InlineData("", "Exists", "", "", true)]
    [InlineData("key", "Equal", "other", "NoSchedule", false)]
    [InlineData("key", "Exists", "", "NoExecute", false)]
    [InlineData("other", "Exists", "", "", false)]
    public void TaintToleration_wants_a_toleration_that_matches(string key, string op, string value, string effect, bool fits)
    {
        var node = Node("n", change: n => n.Spec.Taints.Add(new Taint { Key = "key", Value = "value", Effect = "NoSchedule" }));
        var pod = Info("p", change: p => p.Spec.Tolerations.Add(new Toleration { Key = key, Operator = op, Value = value, Effect = effect }));
        Assert.Equal(fits ? "fits on n" : "0/1 nodes are available: 1 node(s) had untolerated taint(s).", Scheduling.ReasonFor(pod, NodeInfo(node)));
    }

    [Fact]
    public void NodeUnschedulable_keeps_pods_off_cordoned_nodes_unless_they_tolerate_it()
    {
        var cordoned = NodeInfo(Node("n", change: n => n.Spec.Unschedulable = true));
        Assert.Equal("0/1 nodes are available: 1 node(s) were unschedulable.", Scheduling.ReasonFor(Info("p"), cordoned));
        var tolerant = Info("p", change: p => p.Spec.Tolerations.Add(new Toleration { Key = "node.kubernetes.io/unschedulable", Operator = "Exists" }));
        Assert.Equal("fits on n", Scheduling.ReasonFor(tolerant, cordoned));
    }

    [Theory]
    [InlineData("In", "ssd,nvme", true)]
    [InlineData("In", "hdd", false)]
    [InlineData("NotIn", "hdd", true)]
    [InlineData("Exists", "", true)]
    [InlineData("DoesNotExist", "", false)]
    public void NodeAffinity_evaluates_operators(string op, string values, bool fits)
    {
        var pod = Info("p", change: p => Require(p, new NodeSelectorRequirement { Key = "disk", Operator = op, Values = [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries)] }));
        var node = NodeInfo(Node("n", change: n => n.Metadata.Labels["disk"] = "ssd"));
        Assert.Equal(fits ? "fits on n" : "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", Scheduling.ReasonFor(pod, node));
    }

    [Theory]
    [InlineData("Gt", "3", true)]
    [InlineData("Gt", "4", false)]
    [InlineData("Lt", "5", true)]
    [InlineData("Lt", "x", false)]
    public void NodeAffinity_compares_numbers(string op, string value, bool fits)
    {
        var pod = Info("p", change: p => Require(p, new NodeSelectorRequirement { Key = "cores", Operator = op, Values = [value] }));
        Assert.Equal(fits ? "n" : "", Scheduling.NodeFor(pod, NodeInfo(Node("n", change: n => n.Metadata.Labels["cores"] = "4"))));
    }

    [Fact]
    public void NodeAffinity_goes_straight_to_the_node_that_a_field_names()
    {
        var pod = Info("p", change: p => p.Spec.Affinity = new Affinity
        {
            NodeAffinity = new NodeAffinity
            {
                RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector
                {
                    NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = ["b"] }] }],
                },
            },
        });
        var decision = Scheduling.Decide(pod, null, NodeInfo(Node("a")), NodeInfo(Node("b")), NodeInfo(Node("c")));
        Assert.Equal(("b", 1), (decision.NodeName, decision.EvaluatedNodes));
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
            Scheduling.ReasonFor(pod, NodeInfo(Node("a")), NodeInfo(Node("b", change: n => n.Spec.Unschedulable = true)), NodeInfo(Node("c"))));
    }

    [Theory]
    [InlineData("", 8080, "TCP", false)]
    [InlineData("10.0.0.1", 8080, "TCP", false)]
    [InlineData("", 8080, "UDP", true)]
    [InlineData("", 8081, "TCP", true)]
    public void NodePorts_gives_a_port_to_one_pod(string ip, int port, string protocol, bool fits)
    {
        var node = NodeInfo(Node("n"), Info("a", change: p => p.Spec.Containers[0].Ports.Add(new ContainerPort { HostPort = 8080, Protocol = "TCP" })));
        var pod = Info("p", change: p => p.Spec.Containers[0].Ports.Add(new ContainerPort { HostPort = port, HostIP = ip, Protocol = protocol }));
        Assert.Equal(fits ? "fits on n" : "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.", Scheduling.ReasonFor(pod, node));
    }

    [Fact]
    public void InterPodAffinity_keeps_pods_apart_in_both_directions()
    {
        var near = NodeInfo(Node("a"), Info("web-0", change: p => p.Metadata.Labels["app"] = "web"));
        Assert.Equal("b", Scheduling.NodeFor(Info("p", change: p => Avoid(p, "web")), near, NodeInfo(Node("b"))));
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.", Scheduling.ReasonFor(Info("p", change: p => Avoid(p, "web")), near));

        var shy = NodeInfo(Node("a"), Info("shy", change: p => Avoid(p, "web")));
        Assert.Equal(
            "0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules.",
            Scheduling.ReasonFor(Info("p", change: p => p.Metadata.Labels["app"] = "web"), shy));
    }

    [Fact]
    public void InterPodAffinity_brings_pods_together_and_lets_the_first_one_in()
    {
        var near = NodeInfo(Node("a"), Info("db", change: p => p.Metadata.Labels["app"] = "db"));
        Assert.Equal("a", Scheduling.NodeFor(Info("p", change: p => Want(p, "db")), NodeInfo(Node("b")), near));
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't match pod affinity rules.", Scheduling.ReasonFor(Info("p", change: p => Want(p, "db")), NodeInfo(Node("b"))));
        var first = Info("p", change: p =>
        {
            Want(p, "web");
            p.Metadata.Labels["app"] = "web";
        });
        Assert.Equal("b", Scheduling.NodeFor(first, NodeInfo(Node("b"))));
    }

    [Fact]
    public void PodTopologySpread_holds_the_skew()
    {
        Xebec.Scheduler.Framework.PodInfo Web(string name) => Info(name, change: p =>
        {
            p.Metadata.Labels["app"] = "web";
            p.Spec.TopologySpreadConstraints.Add(new TopologySpreadConstraint
            {
                MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule",
                LabelSelector = new LabelSelector { MatchLabels = { ["app"] = "web" } },
            });
        });
        var a = NodeInfo(Node("a", change: n => n.Metadata.Labels["zone"] = "1"), Web("w0"));
        var b = NodeInfo(Node("b", cpu: "1", change: n => n.Metadata.Labels["zone"] = "2"));
        var unlabelled = NodeInfo(Node("c"));
        Assert.Equal("b", Scheduling.NodeFor(Web("p"), a, b, unlabelled));
        var cordoned = NodeInfo(Node("b", change: n =>
        {
            n.Metadata.Labels["zone"] = "2";
            n.Spec.Unschedulable = true;
        }));
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) didn't match pod topology spread constraints, " +
            "1 node(s) didn't match pod topology spread constraints (missing required label), 1 node(s) were unschedulable.",
            Scheduling.ReasonFor(Web("p"), a, cordoned, unlabelled));
    }

    private static void Require(Pod pod, NodeSelectorRequirement requirement) => pod.Spec.Affinity = new Affinity
    {
        NodeAffinity = new NodeAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [requirement] }] },
        },
    };

    private static PodAffinityTerm Term(string app) =>
        new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new LabelSelector { MatchLabels = { ["app"] = app } } };

    private static void Avoid(Pod pod, string app) =>
        pod.Spec.Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Term(app)] } };

    private static void Want(Pod pod, string app) =>
        pod.Spec.Affinity = new Affinity { PodAffinity = new PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Term(app)] } };
}
