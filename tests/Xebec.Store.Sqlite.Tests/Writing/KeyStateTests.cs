using Xebec.Store.Sqlite.Writing;

namespace Xebec.Store.Sqlite.Tests.Writing;

public sealed class KeyStateTests
{
    [Theory]
    [InlineData(0, "Create", 0, true)]
    [InlineData(5, "Create", 0, false)]
    [InlineData(5, "Update", 5, true)]
    [InlineData(5, "Update", 4, false)]
    [InlineData(0, "Update", 0, false)]
    [InlineData(5, "Delete", 5, true)]
    [InlineData(5, "Delete", 0, true)]
    [InlineData(5, "Delete", 6, false)]
    [InlineData(0, "Delete", 0, false)]
    public void A_write_is_allowed_only_on_the_state_it_expects(long modRevision, string kind, long expected, bool allowed) =>
        Assert.Equal(allowed, new KeyState(modRevision, Math.Min(modRevision, 1)).Allows(Enum.Parse<WriteKind>(kind), expected));
}
