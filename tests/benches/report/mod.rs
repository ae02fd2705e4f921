//! A peer's report as it would be written by hand: the types with serde's derives, and an answer made up out of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many elements a list has, and one within another: with that, the answer has about a megabyte.
const ELEMENTS: [u64; 2] = [120, 2];

/// An answer's bytes; whole numbers stand in it as such, as JavaScript writes them.
pub(crate) fn text() -> Vec<u8> {
    let answer = GetParticipantDataFromPeerIdResponse::sample(&mut Made::default());
    serde_json::to_vec(&with_whole_numbers(&answer)).unwrap()
}

/// A value as JSON that tells whole numbers from others.
pub(crate) fn with_whole_numbers(value: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(value).unwrap();
    whole(&mut value);
    value
}

fn whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            if float.fract() == 0.0 {
                *value = Value::from(float as u64);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(whole),
        Value::Object(members) => members.values_mut().for_each(whole),
        _ => {}
    }
}

/// What is made up so far.
#[derive(Default)]
struct Made {
    values: u64,
    is_in_list: bool,
}

impl Made {
    fn next(&mut self) -> u64 {
        self.values += 1;
        self.values
    }
}

/// A value that is made up; no two are alike.
trait Sample {
    fn sample(made: &mut Made) -> Self;
}

/// Two of three are whole.
impl Sample for f64 {
    fn sample(made: &mut Made) -> Self {
        let number = made.next();
        if number.is_multiple_of(3) { number as f64 / 700.0 } else { number as f64 * 37.0 }
    }
}

impl Sample for bool {
    fn sample(made: &mut Made) -> Self {
        made.next().is_multiple_of(2)
    }
}

/// An ID; one of sixteen is a text with escapes.
impl Sample for String {
    fn sample(made: &mut Made) -> Self {
        let number = made.next();
        match number % 16 {
            0 => format!("A \"name\" of\nnumber {number}"),
            _ => format!("0a1b2c3d-0000-4000-8000-{number:012}"),
        }
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(made: &mut Made) -> Self {
        let was_in_list = std::mem::replace(&mut made.is_in_list, true);
        let list = (0..ELEMENTS[usize::from(was_in_list)]).map(|_| T::sample(made)).collect();
        made.is_in_list = was_in_list;
        list
    }
}

impl<T: Sample> Sample for BTreeMap<String, T> {
    fn sample(made: &mut Made) -> Self {
        (0..3).map(|index| (format!("member_{index}"), T::sample(made))).collect()
    }
}

impl<T: Sample> Sample for Option<T> {
    fn sample(made: &mut Made) -> Self {
        Some(T::sample(made))
    }
}

/// A value of an event's metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum EventMetadataValue {
    String(String),
    Number(f64),
    Boolean(bool),
}

impl Sample for EventMetadataValue {
    fn sample(made: &mut Made) -> Self {
        match made.values % 3 {
            0 => Self::String(Sample::sample(made)),
            1 => Self::Number(Sample::sample(made)),
            _ => Self::Boolean(Sample::sample(made)),
        }
    }
}

/// `Name: style { Variant, .. }`
macro_rules! texts {
    ($($name:ident: $style:literal { $($variant:ident),+ })+) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = $style)]
        #[allow(clippy::enum_variant_names, reason = "they are the API's")]
        pub(crate) enum $name { $($variant),+ }

        impl Sample for $name {
            fn sample(made: &mut Made) -> Self {
                let all = [$(Self::$variant),+];
                all[made.next() as usize % all.len()]
            }
        }
    )+};
}

texts! {
    PeerEventName: "SCREAMING_SNAKE_CASE" { PeerCreated, PeerJoining, PeerLeaving }
    PresetViewType: "SCREAMING_SNAKE_CASE" { GroupCall, Webinar, AudioRoom, Livestream, Chat }
    QualityLimitationReason: "snake_case" { Cpu, Bandwidth, None, Other }
}

/// `Name { member: Type, .. }`; every member may be absent.
macro_rules! objects {
    ($($name:ident { $($(#[$attribute:meta])* $member:ident: $type:ty,)+ })+) => {$(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub(crate) struct $name {
            $(
                $(#[$attribute])*
                #[serde(skip_serializing_if = "Option::is_none")]
                $member: Option<$type>,
            )+
        }

        impl Sample for $name {
            fn sample(made: &mut Made) -> Self {
                Self { $($member: Sample::sample(made)),+ }
            }
        }
    )+};
}

objects! {
    GetParticipantDataFromPeerIdResponse {
        data: GetParticipantDataFromPeerIdResponseData,
        success: bool,
    }
    GetParticipantDataFromPeerIdResponseData {
        participant: PeerParticipant,
    }
    PeerParticipant {
        id: String,
        created_at: String,
        custom_participant_id: String,
        display_name: String,
        duration: f64,
        joined_at: String,
        left_at: String,
        peer_events: Vec<PeerEvent>,
        peer_report: PeerReport,
        role: String,
        session_id: String,
        updated_at: String,
        user_id: String,
    }
    PeerEvent {
        id: String,
        created_at: String,
        event_name: PeerEventName,
        minutes_consumed: f64,
        participant_id: String,
        peer_id: String,
        preset_view_type: PresetViewType,
        session_id: String,
        socket_session_id: String,
        updated_at: String,
    }
    PeerReport {
        metadata: PeerReportMetadata,
        quality: PeerReportQuality,
    }
    PeerReportMetadata {
        audio_devices_updates: Vec<DeviceUpdate>,
        browser_metadata: BrowserMetadata,
        candidate_pairs: CandidatePairs,
        device_info: DeviceInfo,
        events: Vec<PeerReportEvent>,
        ip_information: IpInformation,
        native_metadata: NativeMetadata,
        pc_metadata: Vec<PcMetadata>,
        room_view_type: String,
        sdk_name: String,
        sdk_type: String,
        sdk_version: String,
        selected_device_updates: Vec<SelectedDeviceUpdate>,
        speaker_devices_updates: Vec<DeviceUpdate>,
        video_devices_updates: Vec<DeviceUpdate>,
    }
    DeviceUpdate {
        added: Vec<Device>,
        removed: Vec<Device>,
        timestamp: String,
    }
    Device {
        device_id: String,
        kind: String,
        label: String,
    }
    BrowserMetadata {
        browser: String,
        browser_version: String,
        engine: String,
        user_agent: String,
        webgl_support: bool,
    }
    CandidatePairs {
        consuming_transport: Vec<CandidatePair>,
        producing_transport: Vec<CandidatePair>,
    }
    CandidatePair {
        available_incoming_bitrate: f64,
        available_outgoing_bitrate: f64,
        bytes_discarded_on_send: f64,
        bytes_received: f64,
        bytes_sent: f64,
        current_round_trip_time: f64,
        last_packet_received_timestamp: f64,
        last_packet_sent_timestamp: f64,
        local_candidate_address: String,
        local_candidate_id: String,
        local_candidate_network_type: String,
        local_candidate_port: f64,
        local_candidate_protocol: String,
        local_candidate_type: String,
        local_candidate_url: String,
        nominated: bool,
        packets_discarded_on_send: f64,
        packets_received: f64,
        packets_sent: f64,
        remote_candidate_address: String,
        remote_candidate_id: String,
        remote_candidate_port: f64,
        remote_candidate_protocol: String,
        remote_candidate_type: String,
        remote_candidate_url: String,
        total_round_trip_time: f64,
    }
    DeviceInfo {
        cpus: f64,
        is_mobile: bool,
        os: String,
        os_version: String,
    }
    PeerReportEvent {
        metadata: BTreeMap<String, Option<EventMetadataValue>>,
        name: String,
        timestamp: String,
    }
    IpInformation {
        asn: Asn,
        city: String,
        country: String,
        ipv4: String,
        org: String,
        region: String,
        timezone: String,
    }
    Asn {
        asn: String,
        domain: String,
        name: String,
        route: String,
        r#type: String,
    }
    NativeMetadata {
        audio_encoder: String,
        video_encoder: String,
    }
    PcMetadata {
        effective_network_type: String,
        reflexive_connectivity: bool,
        relay_connectivity: bool,
        sdp: Vec<String>,
        timestamp: String,
        turn_connectivity: bool,
    }
    SelectedDeviceUpdate {
        device: Device,
        timestamp: String,
    }
    PeerReportQuality {
        audio_consumer: Vec<AudioConsumer>,
        audio_consumer_cumulative: AudioConsumerCumulative,
        audio_producer: Vec<AudioProducer>,
        audio_producer_cumulative: AudioProducerCumulative,
        screenshare_audio_consumer: Vec<AudioConsumer>,
        screenshare_audio_consumer_cumulative: AudioConsumerCumulative,
        screenshare_audio_producer: Vec<AudioProducer>,
        screenshare_audio_producer_cumulative: AudioProducerCumulative,
        screenshare_video_consumer: Vec<VideoConsumer>,
        screenshare_video_consumer_cumulative: VideoConsumerCumulative,
        screenshare_video_producer: Vec<VideoProducer>,
        screenshare_video_producer_cumulative: VideoProducerCumulative,
        video_consumer: Vec<VideoConsumer>,
        video_consumer_cumulative: VideoConsumerCumulative,
        video_producer: Vec<VideoProducer>,
        video_producer_cumulative: VideoProducerCumulative,
    }
    AudioConsumer {
        bytes_received: f64,
        concealment_events: f64,
        consumer_id: String,
        jitter: f64,
        jitter_buffer_delay: f64,
        jitter_buffer_emitted_count: f64,
        mid: String,
        mos_quality: f64,
        packets_lost: f64,
        packets_received: f64,
        peer_id: String,
        producer_id: String,
        ssrc: f64,
        timestamp: String,
    }
    AudioConsumerCumulative {
        jitter_buffer_delay: JitterBufferDelay,
        packet_loss: PacketLoss,
        quality_mos: DistributionSummary,
    }
    JitterBufferDelay {
        #[serde(rename = "100ms_or_greater_event_fraction")]
        event_fraction_100ms_or_greater: f64,
        #[serde(rename = "250ms_or_greater_event_fraction")]
        event_fraction_250ms_or_greater: f64,
        #[serde(rename = "500ms_or_greater_event_fraction")]
        event_fraction_500ms_or_greater: f64,
        avg: f64,
    }
    PacketLoss {
        #[serde(rename = "10_or_greater_event_fraction")]
        event_fraction_10_or_greater: f64,
        #[serde(rename = "25_or_greater_event_fraction")]
        event_fraction_25_or_greater: f64,
        #[serde(rename = "50_or_greater_event_fraction")]
        event_fraction_50_or_greater: f64,
        #[serde(rename = "5_or_greater_event_fraction")]
        event_fraction_5_or_greater: f64,
        avg: f64,
    }
    DistributionSummary {
        avg: f64,
        p50: f64,
        p75: f64,
        p90: f64,
    }
    AudioProducer {
        bytes_sent: f64,
        jitter: f64,
        mid: String,
        mos_quality: f64,
        packets_lost: f64,
        packets_sent: f64,
        producer_id: String,
        rtt: f64,
        ssrc: f64,
        timestamp: String,
    }
    AudioProducerCumulative {
        packet_loss: PacketLoss,
        quality_mos: DistributionSummary,
        rtt: JitterBufferDelay,
    }
    VideoConsumer {
        bytes_received: f64,
        consumer_id: String,
        fir_count: f64,
        frame_height: f64,
        frame_width: f64,
        frames_decoded: f64,
        frames_dropped: f64,
        frames_per_second: f64,
        jitter: f64,
        jitter_buffer_delay: f64,
        jitter_buffer_emitted_count: f64,
        key_frames_decoded: f64,
        mid: String,
        mos_quality: f64,
        packets_lost: f64,
        packets_received: f64,
        peer_id: String,
        producer_id: String,
        ssrc: f64,
        timestamp: String,
    }
    VideoConsumerCumulative {
        frame_per_second: DistributionSummary,
        frame_width: DistributionSummary,
        issues: VideoConsumerIssues,
        jitter_buffer_delay: JitterBufferDelay,
        key_frames_decoded_fraction: f64,
        packet_loss: PacketLoss,
        quality_mos: DistributionSummary,
    }
    VideoConsumerIssues {
        lag_fraction: f64,
        no_video_fraction: f64,
        poor_resolution_fraction: f64,
    }
    VideoProducer {
        bytes_sent: f64,
        fir_count: f64,
        frame_height: f64,
        frame_width: f64,
        frames_encoded: f64,
        frames_per_second: f64,
        jitter: f64,
        key_frames_encoded: f64,
        mid: String,
        mos_quality: f64,
        packets_lost: f64,
        packets_sent: f64,
        pli_count: f64,
        producer_id: String,
        quality_limitation_durations: QualityLimitationDurations,
        quality_limitation_reason: QualityLimitationReason,
        quality_limitation_resolution_changes: f64,
        rtt: f64,
        ssrc: f64,
        timestamp: String,
    }
    QualityLimitationDurations {
        bandwidth: f64,
        cpu: f64,
        none: f64,
        other: f64,
    }
    VideoProducerCumulative {
        frame_per_second: DistributionSummary,
        frame_width: DistributionSummary,
        high_negative_feedback_fraction: f64,
        issues: VideoProducerIssues,
        key_frames_encoded_fraction: f64,
        packet_loss: PacketLoss,
        quality_mos: DistributionSummary,
        rtt: JitterBufferDelay,
    }
    VideoProducerIssues {
        bandwidth_quality_limitation_fraction: f64,
        cpu_quality_limitation_fraction: f64,
        no_video_fraction: f64,
        poor_resolution_fraction: f64,
        quality_limitation_fraction: f64,
    }
}
