using Decant.Engine.Fetching.Crews;

namespace Decant.Engine.Tests.Fetching.Crews;

public sealed class OriginBudgetTests
{
    [Fact]
    public void Fetches_share_an_origins_connections_and_each_has_its_first()
    {
        var budget = new OriginBudget(most: 2);
        budget.TakeFirst("media.example");
        Assert.True(budget.TryTakeMore("media.example"));
        Assert.False(budget.TryTakeMore("MEDIA.example"));
        budget.TakeFirst("media.example");
        Assert.True(budget.TryTakeMore("other.example"));
        budget.Release("media.example");
        Assert.False(budget.TryTakeMore("media.example"));
        budget.Release("media.example");
        Assert.True(budget.TryTakeMore("media.example"));
    }
}
