using Decant.Engine.Fetching.Crews;

namespace Decant.Engine.Tests.Fetching.Crews;

public sealed class CrewTests
{
    private const string Host = "media.example";

    [Theory]
    [InlineData(0, 8)]
    [InlineData(5, 3)]
    [InlineData(8, 1)]
    public async Task No_connection_works_before_all_that_are_opened_with_it_are_counted(int taken, int joining)
    {
        var budget = new OriginBudget(8);
        for (var other = 0; other < taken; other++)
        {
            budget.TakeFirst(Host);
        }

        var work = new CountedWork();
        await new Crew(work, budget, Host, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat(joining, joining), work.JoinedBefore);
    }

    /// <summary>Work that is done once as many have worked as joined, and keeps how many had joined when each began.</summary>
    private sealed class CountedWork : ICrewWork
    {
        private int _joined;

        public List<int> JoinedBefore { get; } = [];

        public int First => int.MaxValue;

        public int Target { get; set; }

        public bool HasUrgent => false;

        public FetchPace? Pace => null;

        public bool TryFinish() => _joined > 0 && JoinedBefore.Count == _joined;

        public void Join(int connections) => _joined += connections;

        public Task<bool> WorkAsync(CancellationToken cancellationToken)
        {
            JoinedBefore.Add(_joined);
            return Task.FromResult(true);
        }
    }
}
