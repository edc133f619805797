using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using Decant.Engine.Egress;
using FsCheck;
using FsCheck.Fluent;

namespace Decant.Engine.Tests.Egress;

public sealed class AddressPolicyTests
{
    private static readonly AddressPolicy Strict = new([]);

    public static TheoryData<string> RefusedBlocks =>
        [.. SpecialPurposeBlock.All.Where(block => !block.Reachable).Select(block => block.Network.ToString())];

    [Theory]
    [MemberData(nameof(RefusedBlocks))]
    public void Every_special_block_is_refused_from_its_first_address_to_its_last(string block)
    {
        var network = IPNetwork.Parse(block);
        Assert.NotNull(Strict.Refusal(network.BaseAddress));
        Assert.NotNull(Strict.Refusal(Last(network)));
    }

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("1.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.88.100.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.99.255")]
    [InlineData("198.51.101.0")]
    [InlineData("203.0.112.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("192.31.196.1")]
    [InlineData("2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2606:4700::1111")]
    [InlineData("2620:4f:8000::1")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff:1000::")]
    public void The_neighbours_of_a_special_block_are_reachable(string address) =>
        Assert.Null(Strict.Refusal(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:{0}")]
    [InlineData("64:ff9b::{0}")]
    [InlineData("2002:{1}::1")]
    public void A_public_address_in_a_tunnel_or_translation_is_reachable_and_an_inside_one_is_not(string form)
    {
        Assert.Null(Strict.Refusal(Inside(form, "93.184.216.34")));
        foreach (
            var block in SpecialPurposeBlock.All.Where(block =>
                !block.Reachable && block.Network.BaseAddress.GetAddressBytes().Length == 4
            )
        )
        {
            Assert.NotNull(Strict.Refusal(Inside(form, block.Network.BaseAddress.ToString())));
            Assert.NotNull(Strict.Refusal(Inside(form, Last(block.Network).ToString())));
        }
    }

    [Fact]
    public void Any_address_is_judged_alike_in_all_the_forms_it_can_take() =>
        Prop.ForAll<uint>(number =>
            {
                var plain = new IPAddress(BinaryPrimitives.ReverseEndianness(number)).ToString();
                var isReachable = Strict.Refusal(IPAddress.Parse(plain)) is null;
                string[] forms = ["::ffff:{0}", "64:ff9b::{0}", "2002:{1}::1"];
                return forms.All(form => isReachable == (Strict.Refusal(Inside(form, plain)) is null));
            })
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000));

    [Theory]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("2001::8.8.8.8")]
    [InlineData("4000::1")]
    [InlineData("1fff:ffff::1")]
    [InlineData("fd00:ec2::254")]
    public void Other_wrappings_and_unassigned_space_are_refused_whatever_is_inside(string address) =>
        Assert.NotNull(Strict.Refusal(IPAddress.Parse(address)));

    [Fact]
    public void A_teredo_address_is_judged_by_the_client_stored_inverted_in_it()
    {
        var loopbackClient = IPAddress.Parse("2001:0:4136:e378:8000:63bf:80ff:fffe");
        Assert.Contains("leads to 127.0.0.1", Strict.Refusal(loopbackClient));
        Assert.Null(new AddressPolicy(["127.0.0.1/32"]).Refusal(loopbackClient));
    }

    [Fact]
    public void A_scoped_address_is_refused_even_in_an_allowed_network() =>
        Assert.NotNull(new AddressPolicy(["fe80::/10"]).Refusal(IPAddress.Parse("fe80::1%1")));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.255.255", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("128.0.0.0", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("::1", false)]
    public void An_allowed_network_opens_itself_and_its_wrapped_forms_alone(string address, bool reachable) =>
        Assert.Equal(reachable, new AddressPolicy(["127.0.0.0/8"]).Refusal(IPAddress.Parse(address)) is null);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    public void A_range_that_is_none_is_named_with_its_setting(string range)
    {
        var error = Assert.Throws<EgressSettingException>(() => new AddressPolicy(["10.0.0.0/8", range]));
        Assert.StartsWith($"Egress__AllowedNetworks__1: '{range}'", error.Message);
    }

    private static IPAddress Inside(string form, string inner)
    {
        var bytes = IPAddress.Parse(inner).GetAddressBytes();
        return IPAddress.Parse(string.Format(form, inner, $"{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}"));
    }

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        var hosts = (BigInteger.One << (bytes.Length * 8 - network.PrefixLength)) - 1;
        var last = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) | hosts;
        var raw = last.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes.Length - raw.Length], .. raw]);
    }
}
