using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(Decant.Tests.LongestFirst))]

namespace Decant.Tests;

/// <summary>Marks a class of tests that takes a third of a minute or more, so that it begins before all others.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class LongAttribute : Attribute;

/// <summary>
/// xunit's framework with an order of classes that holds: a long class that began last would run alone, with a core idle, at the end.
/// xunit's own runner hands all classes to the thread pool at once, which takes most of them from the end, whatever an orderer says.
/// </summary>
/// <param name="configFileName">The runner's settings; null for the usual place.</param>
public sealed class LongestFirst(string? configFileName) : XunitTestFramework(configFileName)
{
    private readonly string? _configFileName = configFileName;

    // xunit wants it.
    public LongestFirst()
        : this(null) { }

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new Executor(new XunitTestAssembly(assembly, _configFileName, assembly.GetName().Version));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken
        ) => await new Runner().Run(TestAssembly, testCases, executionMessageSink, executionOptions, cancellationToken);
    }

    private sealed class Runner : XunitTestAssemblyRunner
    {
        // A class is a collection of its own, and named in the collection's name.
        private static readonly string[] Long =
        [
            .. typeof(Runner)
                .Assembly.GetTypes()
                .Where(type => type.IsDefined(typeof(LongAttribute), inherit: false))
                .Select(type => $" {type.FullName} "),
        ];

        protected override async ValueTask<RunSummary> RunTestCollections(
            XunitTestAssemblyRunnerContext ctxt,
            Exception? exception
        )
        {
            if (ctxt.DisableParallelization || exception is not null)
            {
                return await base.RunTestCollections(ctxt, exception);
            }

            var classes = OrderTestCollections(ctxt).ToLookup(one => one.Collection.DisableParallelization);
            var waiting = new ConcurrentQueue<(IXunitTestCollection Collection, List<IXunitTestCase> Tests)>(
                classes[false].OrderByDescending(one => Long.Any(one.Collection.TestCollectionDisplayName.Contains))
            );
            var summary = new RunSummary();
            // Less than one is how xunit says "as many as there are".
            var atOnce = ctxt.MaxParallelThreads > 0 ? ctxt.MaxParallelThreads : waiting.Count;
            var side = Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => RunAsync(waiting)));
            foreach (var one in await Task.WhenAll(side))
            {
                summary.Aggregate(one);
            }
            summary.Aggregate(await RunAsync(new(classes[true])));
            return summary;

            async Task<RunSummary> RunAsync(
                ConcurrentQueue<(IXunitTestCollection Collection, List<IXunitTestCase> Tests)> queue
            )
            {
                var sum = new RunSummary();
                while (!ctxt.CancellationTokenSource.IsCancellationRequested && queue.TryDequeue(out var next))
                {
                    sum.Aggregate(await RunTestCollection(ctxt, next.Collection, next.Tests));
                }
                return sum;
            }
        }
    }
}
