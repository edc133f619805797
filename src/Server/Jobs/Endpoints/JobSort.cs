using System.Linq.Expressions;
using Decant.Server.Errors;
using Decant.Server.Hosting;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>An order of jobs in which every job has one place: those with the same key stand by number.</summary>
/// <param name="Name">Name on the wire: <c>-created_at</c>.</param>
internal abstract record JobSort(string Name)
{
    private const string Usual = "-created_at";

    private static readonly IReadOnlyDictionary<string, JobSort> Known = All().ToDictionary(sort => sort.Name);

    /// <summary>Names on the wire.</summary>
    public static IReadOnlyList<string> Names => [.. Known.Keys];

    protected bool IsDescending => Name.StartsWith('-');

    /// <exception cref="ApiException"><c>invalid_request</c>, with the known ones.</exception>
    public static JobSort Read(string? text) => Known[QueryText.ReadName("sort", text, [.. Known.Keys]) ?? Usual];

    public abstract IQueryable<Job> Order(IQueryable<Job> jobs);

    /// <summary>Jobs behind the place that a cursor names.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c>: no cursor, or one of another order.</exception>
    public abstract IQueryable<Job> After(IQueryable<Job> jobs, string cursor);

    public abstract string CursorOf(Job job);

    private static IEnumerable<JobSort> All() =>
        [
            // By number, which is the order of acceptance.
            .. Both("created_at", job => job.Id),
            .. Both("completed_at", job => job.CompletedAt ?? job.CreatedAt),
            .. Both("title", job => job.CustomTitle ?? job.OriginalTitle ?? ""),
            .. Both("file_size", job => job.FileSize ?? 0),
            .. Both("duration", job => job.Duration ?? job.EstimatedDuration ?? 0),
        ];

    private static JobSort[] Both<TKey>(string name, Expression<Func<Job, TKey>> key) =>
        [new JobSort<TKey>(name, key), new JobSort<TKey>("-" + name, key)];
}

/// <param name="Name">Name on the wire.</param>
/// <param name="Key">Value to sort by.</param>
internal sealed record JobSort<TKey>(string Name, Expression<Func<Job, TKey>> Key) : JobSort(Name)
{
    private readonly Func<Job, TKey> _keyOf = Key.Compile();

    public override IQueryable<Job> Order(IQueryable<Job> jobs) =>
        IsDescending
            ? jobs.OrderByDescending(Key).ThenByDescending(job => job.Id)
            : jobs.OrderBy(Key).ThenBy(job => job.Id);

    public override IQueryable<Job> After(IQueryable<Job> jobs, string cursor)
    {
        var place = Cursor<TKey>.Read(cursor, Name);
        // In a box, so that it becomes a parameter of the query and not a part of its text.
        var key = Expression.Property(Expression.Constant(place), nameof(place.Key));
        var id = Expression.Property(Expression.Constant(place), nameof(place.Id));
        var job = Key.Parameters[0];
        var beyond = Expression.OrElse(
            Beyond(Key.Body, key),
            Expression.AndAlso(Expression.Equal(Key.Body, key), Beyond(Expression.Property(job, nameof(Job.Id)), id))
        );
        return jobs.Where(Expression.Lambda<Func<Job, bool>>(beyond, job));
    }

    public override string CursorOf(Job job) => new Cursor<TKey>(Name, _keyOf(job), job.Id).Write();

    private BinaryExpression Beyond(Expression one, Expression other)
    {
        if (one.Type == typeof(string))
        {
            // Text has no > of its own; the database compares it as it sorts it.
            one = Expression.Call(typeof(string), nameof(string.Compare), null, one, other);
            other = Expression.Constant(0);
        }

        return IsDescending ? Expression.LessThan(one, other) : Expression.GreaterThan(one, other);
    }
}
