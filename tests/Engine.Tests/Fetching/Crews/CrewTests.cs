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

        Assert.Equal(joining, work.SeenByTheFirst);
    }

    /// <summary>Work that keeps how many connections its first one was told of, and is done with that.</summary>
    private sealed class CountedWork : ICrewWork
    {
        public int? SeenByTheFirst { get; private set; }

        public int First => int.MaxValue;

        public int Target { get; set; }

        public bool HasUrgent => false;

        public FetchPace? Pace => null;

        public CrewPace Going { get; } = new(TimeProvider.System);

        public bool TryFinish() => SeenByTheFirst is not null;

        public Task<bool> WorkAsync(CancellationToken cancellationToken)
        {
            SeenByTheFirst ??= Going.Active;
            return Task.FromResult(true);
        }
    }
}
