(** * Certificates of exactpwl, checked by Coq

    A network of piecewise-linear neurons with rational numbers has finitely many activation
    patterns.  A certificate claims that some list of patterns is the complete list of those that
    hold on an open set.  Here stands what that means (sections 1 to 3), a program [check] that
    reads a certificate (sections 4 and 5), and the proof that [check] accepts true claims only
    (sections 6 and 7).  Only sections 1 to 3 must be read to know what a theorem says.

    Written for Coq 8.16; standard library only. *)

From Coq Require Import Init.Byte List Bool Arith ZArith QArith Qcanon Qreals Reals.
From Coq Require Import Ring Permutation Sorted Mergesort Lia Lra RMicromega.
Import ListNotations.
Open Scope nat_scope.

(** ** 1. Numbers

    A point has coordinates in any commutative ring with an order that contains the rational
    numbers: the rational numbers themselves ([rational_numbers] below), the real numbers
    ([real_numbers]), any ordered field. *)

Record numbers := {
  number :> Type;
  zero : number;
  one : number;
  plus : number -> number -> number;
  times : number -> number -> number;
  minus : number -> number -> number;
  opposite : number -> number;
  ring_laws : ring_theory zero one plus times minus opposite (@eq number);

  positive : number -> bool;
  positive_plus : forall a b, positive a = true -> positive b = true ->
    positive (plus a b) = true;
  positive_times : forall a b, positive a = true -> positive b = true ->
    positive (times a b) = true;
  positive_opposite : forall a, positive a = true -> positive (opposite a) = false;
  trichotomy : forall a, positive a = false -> positive (opposite a) = false -> a = zero;

  rational : Q -> number;
  rational_zero : rational 0 = zero;
  rational_one : rational 1 = one;
  rational_plus : forall p q, rational (p + q) = plus (rational p) (rational q);
  rational_times : forall p q, rational (p * q) = times (rational p) (rational q);
  rational_equal : forall p q, (p == q)%Q -> rational p = rational q;
  rational_positive : forall q, (0 < q)%Q -> positive (rational q) = true
}.

(** ** 2. Networks

    A piecewise-linear function is a list of pieces from left to right, each the line
    [slope * z + intercept] up to and including its breakpoint, and a last one. *)

Inductive activation :=
| Last (slope intercept : Q)
| UpTo (breakpoint slope intercept : Q) (next : activation).

Record neuron := Neuron { weights : list Q; bias : Q; function : activation }.
Definition layer := list neuron.
Definition network := list layer.

(** A pattern: for every neuron of every layer, which piece it is on, counted from 0. *)
Definition pattern := list (list nat).

(** An inequality of the domain: [normal . x + offset > 0] in its interior. *)
Record form := Form { normal : list Q; offset : Q }.

Section Meaning.
Variable K : numbers.

Fixpoint dot (w : list Q) (x : list K) : K :=
  match w, x with
  | a :: w', v :: x' => plus K (times K (rational K a) v) (dot w' x')
  | _, _ => zero K
  end.

Definition value (f : form) (x : list K) : K := plus K (dot (normal f) x) (rational K (offset f)).

(** [z] is to the right of [c] *)
Definition beyond (z c : K) : bool := positive K (minus K z c).

Fixpoint piece (f : activation) (z : K) : nat :=
  match f with
  | Last _ _ => 0
  | UpTo c _ _ next => if beyond z (rational K c) then S (piece next z) else 0
  end.

Fixpoint image (f : activation) (z : K) : K :=
  match f with
  | Last s t => plus K (times K (rational K s) z) (rational K t)
  | UpTo c s t next =>
      if beyond z (rational K c) then image next z
      else plus K (times K (rational K s) z) (rational K t)
  end.

Definition argument (n : neuron) (x : list K) : K := value (Form (weights n) (bias n)) x.

(** The pattern at a point, by a forward pass. *)
Fixpoint pattern_at (net : network) (x : list K) : pattern :=
  match net with
  | [] => []
  | ns :: rest =>
      map (fun n => piece (function n) (argument n x)) ns
      :: pattern_at rest (map (fun n => image (function n) (argument n x)) ns)
  end.

(** ** 3. Regions

    A region of a network is a pattern that holds on an open set of the domain.  The pattern of
    [x] is that of a region when it is the same at all points [y] near [x]: each coordinate
    changed by less than some [e > 0]. *)

Definition within (e v : K) : Prop :=
  positive K (minus K e v) = true /\ positive K (plus K e v) = true.

Definition near (e : K) (x y : list K) : Prop := Forall2 (fun a b => within e (minus K b a)) x y.

Definition stable (net : network) (x : list K) : Prop :=
  exists e, positive K e = true /\ forall y, near e x y -> pattern_at net y = pattern_at net x.

Definition inside (domain : list form) (x : list K) : Prop :=
  Forall (fun f => positive K (value f x) = true) domain.

(** The pattern [p] is that of a region of the network over the domain, in [d] inputs. *)
Definition is_region (d : nat) (net : network) (domain : list form) (p : pattern) : Prop :=
  exists x, length x = d /\ inside domain x /\ stable net x /\ pattern_at net x = p.

End Meaning.

(** Every neuron has as many weights as there are inputs to its layer. *)
Fixpoint rectangular (d : nat) (net : network) : bool :=
  match net with
  | [] => true
  | ns :: rest => forallb (fun n => length (weights n) =? d) ns && rectangular (length ns) rest
  end.

(** ** 4. The checker

    A certificate is a tree.  [Split n b] asks on which side of its [b]-th breakpoint neuron [n]
    of the current layer is; [Below] and [Above] say that it can be on one side only, by
    multipliers of the rows that hold on the cell, of which the first is the row of the side that
    is refuted; a leaf is a point strictly inside all rows.  The current layer is the first one
    that is not decided, and the checker itself decides what is constant on the cell. *)

Inductive tree :=
| Leaf (witness : list Q)
| Split (n b : nat) (below above : tree)
| Below (n b : nat) (multipliers : list (nat * Q)) (child : tree)
| Above (n b : nat) (multipliers : list (nat * Q)) (child : tree).

Fixpoint add_scaled (w : Q) (a b : list Q) : list Q :=
  match a, b with
  | [], _ => b
  | u :: a', [] => Qred (w * u) :: add_scaled w a' []
  | u :: a', v :: b' => Qred (w * u + v) :: add_scaled w a' b'
  end.

Definition plus_scaled (w : Q) (f g : form) : form :=
  if Qeq_bool w 0 then g
  else Form (add_scaled w (normal f) (normal g)) (Qred (w * offset f + offset g)).

Fixpoint combine (ws : list Q) (fs : list form) (sum : form) : form :=
  match ws, fs with
  | w :: ws', f :: fs' => combine ws' fs' (plus_scaled w f sum)
  | _, _ => sum
  end.

Fixpoint inputs (d : nat) : list form :=
  match d with
  | O => []
  | S d' => Form [1%Q] 0 :: map (fun f => Form (0%Q :: normal f) (offset f)) (inputs d')
  end.

Definition is_constant (f : form) : bool := forallb (fun a => Qeq_bool a 0) (normal f).

(** The positive number that makes the row's numbers coprime integers. *)
Definition scale (f : form) : Q :=
  let all := map Qred (offset f :: normal f) in
  let common := fold_left (fun m a => Z.lcm m (Zpos (Qden a))) all 1%Z in
  let divisor := fold_left (fun g a => Z.gcd g (Qnum a * (common / Zpos (Qden a)))) all 0%Z in
  Zpos (Z.to_pos common) # Z.to_pos divisor.

Definition scaled (f : form) : form :=
  let s := scale f in Form (map (fun a => Qred (s * a)) (normal f)) (Qred (s * offset f)).

Definition negated (f : form) : form := Form (map Qopp (normal f)) (- offset f).

(** A kink of a neuron: its row, or the side that is known. *)
Inductive kink := Open (row : form) | Decided (is_beyond : bool).

Record cell := Cell { owner : neuron; sum : form; kinks : list kink }.

Fixpoint breakpoints (f : activation) : list Q :=
  match f with Last _ _ => [] | UpTo c _ _ next => c :: breakpoints next end.

Definition start (z : form) (c : Q) : kink :=
  if is_constant z then Decided (negb (Qle_bool (offset z) c))
  else Open (scaled (Form (normal z) (offset z - c))).

Definition enter (fs : list form) (n : neuron) : cell :=
  let z := combine (weights n) fs (Form [] (bias n)) in
  Cell n z (map (start z) (breakpoints (function n))).

Fixpoint piece_of (ks : list kink) : option nat :=
  match ks with
  | [] => Some 0
  | Open _ :: _ => None
  | Decided side :: r =>
      match piece_of r with
      | None => None
      | Some k => Some (if side then S k else 0)
      end
  end.

Fixpoint pieces (cs : list cell) : option (list nat) :=
  match cs with
  | [] => Some []
  | c :: r =>
      match piece_of (kinks c), pieces r with
      | Some k, Some ks => Some (k :: ks)
      | _, _ => None
      end
  end.

Fixpoint line (f : activation) (k : nat) : Q * Q :=
  match f, k with
  | Last s t, _ => (s, t)
  | UpTo _ s t _, O => (s, t)
  | UpTo _ _ _ next, S k' => line next k'
  end.

Definition outcome (c : cell) (k : nat) : form :=
  let (s, t) := line (function (owner c)) k in plus_scaled s (sum c) (Form [] t).

Fixpoint outcomes (cs : list cell) (ks : list nat) : list form :=
  match cs, ks with
  | c :: cs', k :: ks' => outcome c k :: outcomes cs' ks'
  | _, _ => []
  end.

(** Where a walk down the tree stands: the pieces of the layers that are decided, the last one
    first; the current layer; the layers behind it. *)
Inductive state :=
| Finished (past : pattern)
| At (past : pattern) (current : list cell) (rest : network).

Fixpoint settle (rest : network) (past : pattern) (current : list cell) : state :=
  match pieces current with
  | None => At past current rest
  | Some ks =>
      match rest with
      | [] => Finished (ks :: past)
      | ns :: rest' => settle rest' (ks :: past) (map (enter (outcomes current ks)) ns)
      end
  end.

Fixpoint update {A : Type} (i : nat) (g : A -> A) (l : list A) : list A :=
  match l, i with
  | [], _ => []
  | a :: r, O => g a :: r
  | a :: r, S i' => a :: update i' g r
  end.

Definition decide (n b : nat) (side : bool) (cs : list cell) : list cell :=
  update n (fun c => Cell (owner c) (sum c) (update b (fun _ => Decided side) (kinks c))) cs.

Fixpoint increasing (l : list Q) : bool :=
  match l with [] => true | c :: r => forallb (Qle_bool c) r && increasing r end.

(** The row of an undecided kink, if it may be decided. *)
Definition open_row (d n b : nat) (cs : list cell) : option form :=
  match nth_error cs n with
  | None => None
  | Some c =>
      match nth_error (kinks c) b with
      | Some (Open row) =>
          if negb (is_constant row) && (length (normal row) <=? d)
             && increasing (breakpoints (function (owner c)))
          then Some row else None
      | _ => None
      end
  end.

Fixpoint total (rows : list form) (ys : list (nat * Q)) : option form :=
  match ys with
  | [] => Some (Form [] 0)
  | (i, y) :: ys' =>
      match nth_error rows i, total rows ys' with
      | Some row, Some f => if Qle_bool y 0 then None else Some (plus_scaled y row f)
      | _, _ => None
      end
  end.

Definition refutes (ys : list (nat * Q)) (rows : list form) : bool :=
  match ys, total rows ys with
  | _ :: _, Some f => is_constant f && Qle_bool (offset f) 0
  | _, _ => false
  end.

Fixpoint dot_Q (w x : list Q) : Q :=
  match w, x with a :: w', v :: x' => a * v + dot_Q w' x' | _, _ => 0 end.

Definition holds_at (x : list Q) (f : form) : bool :=
  negb (Qle_bool (dot_Q (normal f) x + offset f) 0).

Fixpoint walk (d : nat) (t : tree) (rows : list form) (s : state) : option (list pattern) :=
  match t, s with
  | Leaf x, Finished past =>
      if (length x =? d) && forallb (holds_at x) rows then Some [rev past] else None
  | Split n b below above, At past current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          match walk d below (negated f :: rows) (settle rest past (decide n b false current)),
                walk d above (f :: rows) (settle rest past (decide n b true current)) with
          | Some l, Some r => Some (l ++ r)
          | _, _ => None
          end
      end
  | Below n b ys child, At past current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          if refutes ys (f :: rows)
          then walk d child (negated f :: rows) (settle rest past (decide n b false current))
          else None
      end
  | Above n b ys child, At past current rest =>
      match open_row d n b current with
      | None => None
      | Some f =>
          if refutes ys (negated f :: rows)
          then walk d child (f :: rows) (settle rest past (decide n b true current))
          else None
      end
  | _, _ => None
  end.

(** Are the patterns pairwise different?  Each is written as one binary number; these are sorted. *)
Definition key (p : pattern) : Z :=
  Zpos (fold_left (fun a k => xO (Nat.iter k xI a)) (concat p) 1%positive).

Module Order <: Orders.TotalLeBool.
  Definition t := Z.
  Definition leb := Z.leb.
  Lemma leb_total : forall a b, Z.leb a b = true \/ Z.leb b a = true.
  Proof. intros a b. rewrite !Z.leb_le. lia. Qed.
End Order.
Module Sorting := Sort Order.

Fixpoint ascending (l : list Z) : bool :=
  match l with
  | a :: (b :: _) as r => Z.ltb a b && ascending r
  | _ => true
  end.

Definition check (d : nat) (net : network) (domain : list form) (t : tree) : option (list pattern) :=
  match net with
  | [] => None
  | ns :: rest =>
      match walk d t (map scaled domain) (settle rest [] (map (enter (inputs d)) ns)) with
      | Some ps => if ascending (Sorting.sort (map key ps)) then Some ps else None
      | None => None
      end
  end.

(** ** 5. Certificates as texts

    Reading numerals costs more time than checking them, so a certificate is a list of strings of
    integers with single spaces, the tree in preorder:

    - [0 q p1 .. pd]: a leaf, the witness [(p1/q, .., pd/q)];
    - [1 n b]: a split, the child below follows and then the child above;
    - [2 n b k i1 y1 .. ik yk]: the side above is empty, by [k] multipliers [y] of the rows [i];
      the child below follows.  Row 0 is the row of that side, 1 the newest row of the path, and
      so on to the oldest, after which come the domain's rows in their order;
    - [3 n b k i1 y1 .. ik yk]: the side below is empty; the child above follows.

    Nothing depends on this reader: what it reads is checked. *)

Inductive text := End | Byte (b : byte) (rest : text).
Fixpoint text_of_bytes (l : list byte) : text :=
  match l with [] => End | b :: r => Byte b (text_of_bytes r) end.
Fixpoint bytes_of_text (t : text) : list byte :=
  match t with End => [] | Byte b r => b :: bytes_of_text r end.
Declare Scope text_scope.
Delimit Scope text_scope with text.
Bind Scope text_scope with text.
String Notation text text_of_bytes bytes_of_text : text_scope.

Definition digit (b : byte) : option Z :=
  match b with
  | "0" => Some 0%Z | "1" => Some 1%Z | "2" => Some 2%Z | "3" => Some 3%Z | "4" => Some 4%Z
  | "5" => Some 5%Z | "6" => Some 6%Z | "7" => Some 7%Z | "8" => Some 8%Z | "9" => Some 9%Z
  | _ => None
  end%byte.

Fixpoint integers (t : text) (sign value : Z) : list Z :=
  match t with
  | End => [(sign * value)%Z]
  | Byte "-" r => integers r (-1)%Z value
  | Byte b r =>
      match digit b with
      | Some k => integers r sign (10 * value + k)%Z
      | None => (sign * value)%Z :: integers r 1%Z 0%Z
      end
  end.

Fixpoint read_pairs (k : nat) (s : list Z) : option (list (nat * Q) * list Z) :=
  match k, s with
  | O, _ => Some ([], s)
  | S k', i :: y :: s' =>
      match read_pairs k' s' with
      | Some (ys, s'') => Some ((Z.to_nat i, inject_Z y) :: ys, s'')
      | None => None
      end
  | _, _ => None
  end.

Fixpoint read_tree (d fuel : nat) (s : list Z) : option (tree * list Z) :=
  match fuel, s with
  | S fuel', 0%Z :: q :: s' =>
      Some (Leaf (map (fun p => Qred (p # Z.to_pos q)) (firstn d s')), skipn d s')
  | S fuel', 1%Z :: n :: b :: s' =>
      match read_tree d fuel' s' with
      | None => None
      | Some (below, s'') =>
          match read_tree d fuel' s'' with
          | None => None
          | Some (above, r) => Some (Split (Z.to_nat n) (Z.to_nat b) below above, r)
          end
      end
  | S fuel', side :: n :: b :: k :: s' =>
      match read_pairs (Z.to_nat k) s' with
      | None => None
      | Some (ys, s'') =>
          match read_tree d fuel' s'' with
          | None => None
          | Some (child, r) =>
              Some ((if Z.eqb side 2 then Below else Above)
                      (Z.to_nat n) (Z.to_nat b) ys child, r)
          end
      end
  | _, _ => None
  end.

Definition check_texts (d : nat) (net : network) (domain : list form) (lines : list text)
  : option (list pattern) :=
  let s := flat_map (fun t => integers t 1%Z 0%Z) lines in
  match read_tree d (length s) s with
  | Some (t, []) => check d net domain t
  | _ => None
  end.
(** ** 6. Soundness: the linear algebra *)

Section Soundness.
Variable K : numbers.
Add Ring ring_of_numbers : (ring_laws K).

Declare Scope numbers_scope.
Delimit Scope numbers_scope with K.
Bind Scope numbers_scope with number.
Notation "0" := (zero K) : numbers_scope.
Notation "1" := (one K) : numbers_scope.
Infix "+" := (plus K) : numbers_scope.
Infix "*" := (times K) : numbers_scope.
Infix "-" := (minus K) : numbers_scope.
Notation "- a" := (opposite K a) : numbers_scope.
Open Scope numbers_scope.
Notation pos a := (positive K a = true).
Notation of := (rational K).
Implicit Types (x y : list K) (e v : K).

Lemma zero_is_not_positive : positive K 0 = false.
Proof.
  destruct (positive K 0) eqn:H; [|reflexivity].
  pose proof (positive_opposite K _ H) as N. replace (- 0) with 0 in N by ring. congruence.
Qed.

Lemma never_both : forall a, pos a -> pos (- a) -> False.
Proof. intros a A B. rewrite (positive_opposite K _ A) in B. discriminate. Qed.

Lemma positive_sum : forall a b, pos a -> pos (b - a) -> pos b.
Proof. intros. replace b with (a + (b - a)) by ring. now apply positive_plus. Qed.

Lemma positive_scale : forall q v, (0 < q)%Q -> positive K (of q * v) = positive K v.
Proof.
  intros q v Q. assert (P := rational_positive K q Q).
  destruct (positive K v) eqn:V; [now apply positive_times|].
  destruct (positive K (- v)) eqn:N.
  - assert (M : pos (of q * - v)) by now apply positive_times.
    destruct (positive K (of q * v)) eqn:B; [|reflexivity].
    exfalso. apply (never_both _ B). now replace (- (of q * v)) with (of q * - v) by ring.
  - rewrite (trichotomy K v V N). replace (of q * 0) with 0 by ring. apply zero_is_not_positive.
Qed.

Lemma rational_opposite : forall q, of (Qopp q) = - of q.
Proof.
  intro q. assert (H : of (q + Qopp q)%Q = 0).
  { rewrite <- (rational_zero K). apply rational_equal. ring. }
  rewrite rational_plus in H. replace (- of q) with (0 - of q) by ring. rewrite <- H. ring.
Qed.

Lemma rational_minus : forall p q, of (p - q)%Q = of p - of q.
Proof. intros. unfold Qminus. rewrite rational_plus, rational_opposite. ring. Qed.

Lemma rational_reduced : forall q, of (Qred q) = of q.
Proof. intro. apply rational_equal, Qred_correct. Qed.

Lemma rational_order : forall p q, positive K (of p - of q) = negb (Qle_bool p q).
Proof.
  intros. rewrite <- rational_minus. destruct (Qle_bool p q) eqn:H; simpl.
  - apply Qle_bool_iff in H. apply Qle_lteq in H. destruct H as [H|H].
    + destruct (positive K (of (p - q)%Q)) eqn:P; [|reflexivity].
      exfalso. apply (never_both _ P). rewrite <- rational_opposite.
      apply rational_positive. apply Qlt_minus_iff in H.
      setoid_replace (- (p - q))%Q with (q + - p)%Q by ring. exact H.
    + rewrite (rational_equal K _ 0%Q) by (rewrite H; ring). rewrite rational_zero.
      apply zero_is_not_positive.
  - apply rational_positive. apply -> Qlt_minus_iff. apply Qnot_le_lt. intro L.
    apply Qle_bool_iff in L. congruence.
Qed.

Lemma rational_sign : forall q, positive K (of q) = negb (Qle_bool q 0).
Proof.
  intro q. rewrite <- rational_order, rational_zero. f_equal. ring.
Qed.

(** Forms *)

Lemma dot_nothing : forall w, dot K w [] = 0.
Proof. now intros []. Qed.

Lemma dot_add_scaled : forall q u w x,
  dot K (add_scaled q u w) x = of q * dot K u x + dot K w x.
Proof.
  intros s u. induction u as [|p u IH]; intros w x; [simpl; ring|].
  destruct w as [|q w], x as [|a x]; cbn [add_scaled dot]; rewrite ?rational_reduced,
    ?rational_plus, ?rational_times, ?IH; cbn [dot]; try ring.
Qed.

Lemma value_plus_scaled : forall (w : Q) f g x,
  value K (plus_scaled w f g) x = of w * value K f x + value K g x.
Proof.
  intros. unfold plus_scaled. destruct (Qeq_bool w 0) eqn:W.
  - apply Qeq_bool_iff in W. rewrite (rational_equal K _ _ W), rational_zero. ring.
  - unfold value; cbn [normal offset]. rewrite dot_add_scaled, rational_reduced, rational_plus, rational_times.
    ring.
Qed.

Lemma value_combine : forall ws fs g x,
  value K (combine ws fs g) x = dot K ws (map (fun f => value K f x) fs) + value K g x.
Proof.
  induction ws as [|w ws IH]; intros fs g x; [simpl; ring|].
  destruct fs as [|f fs]; cbn [combine map dot]; [ring|]. rewrite IH, value_plus_scaled. ring.
Qed.

Lemma values_of_inputs : forall x, map (fun f => value K f x) (inputs (length x)) = x.
Proof.
  induction x as [|a x IH]; [reflexivity|].
  cbn [length inputs map]. f_equal.
  - unfold value; simpl. rewrite rational_one, rational_zero. ring.
  - rewrite map_map. rewrite <- IH at 2. apply map_ext. intro f. unfold value; simpl.
    rewrite rational_zero. ring.
Qed.

Lemma dot_map_times : forall s w x,
  dot K (map (fun q => Qred (s * q)) w) x = of s * dot K w x.
Proof.
  intros s w. induction w as [|q w IH]; intros x; [simpl; ring|].
  destruct x as [|a x]; cbn [map dot]; [ring|]. rewrite IH, rational_reduced, rational_times. ring.
Qed.

Lemma value_scaled : forall f x, value K (scaled f) x = of (scale f) * value K f x.
Proof.
  intros. unfold scaled, value; cbn [normal offset]. rewrite dot_map_times, rational_reduced, rational_times.
  ring.
Qed.

Lemma scale_positive : forall f, (0 < scale f)%Q.
Proof. reflexivity. Qed.

Lemma dot_opposite : forall w x, dot K (map Qopp w) x = - dot K w x.
Proof.
  induction w as [|q w IH]; intros x; [simpl; ring|].
  destruct x as [|a x]; cbn [map dot]; [ring|]. rewrite IH, rational_opposite. ring.
Qed.

Lemma value_negated : forall f x, value K (negated f) x = - value K f x.
Proof.
  intros. unfold negated, value; cbn [normal offset]. rewrite dot_opposite, rational_opposite. ring.
Qed.

Lemma dot_constant : forall w x, forallb (fun q => Qeq_bool q 0) w = true -> dot K w x = 0.
Proof.
  induction w as [|q w IH]; intros [|a x] H; try reflexivity.
  simpl in H. apply andb_prop in H as [Q H]. apply Qeq_bool_iff in Q. cbn [dot].
  rewrite IH by assumption. rewrite (rational_equal K _ _ Q), rational_zero. ring.
Qed.

Lemma dot_rational : forall w (x : list Q), dot K w (map (rational K) x) = of (dot_Q w x).
Proof.
  induction w as [|q w IH]; intros [|p x]; cbn [map dot dot_Q]; rewrite ?rational_zero; trivial.
  now rewrite IH, rational_plus, rational_times.
Qed.

Lemma holds_at_value : forall (x : list Q) f,
  holds_at x f = positive K (value K f (map (rational K) x)).
Proof.
  intros. unfold holds_at, value. now rewrite dot_rational, <- rational_plus, rational_sign.
Qed.

(** Being near *)

Lemma within_zero : forall e v, pos e -> within K e (v - v).
Proof.
  intros e v H. split; [replace (e - (v - v)) with e by ring|
    replace (e + (v - v)) with e by ring]; assumption.
Qed.

Lemma within_plus : forall e1 e2 v z,
  within K e1 v -> within K e2 z -> within K (e1 + e2) (v + z).
Proof.
  intros e1 e2 v z [A B] [C D]. split.
  - replace (e1 + e2 - (v + z)) with (e1 - v + (e2 - z)) by ring. now apply positive_plus.
  - replace (e1 + e2 + (v + z)) with (e1 + v + (e2 + z)) by ring. now apply positive_plus.
Qed.

Lemma within_opposite : forall e v, within K e v -> within K e (- v).
Proof.
  intros e v [A B]. split; [replace (e - - v) with (e + v) by ring|
    replace (e + - v) with (e - v) by ring]; assumption.
Qed.

Lemma within_positive : forall e v, within K e v -> pos e.
Proof.
  intros e v [A B]. rewrite <- (positive_scale 2 e) by reflexivity.
  replace (of 2 * e) with (e - v + (e + v)); [now apply positive_plus|].
  rewrite (rational_equal K 2 (1 + 1)) by reflexivity. rewrite rational_plus, rational_one. ring.
Qed.

(** How far a form moves, as a multiple of how far each coordinate does. *)
Fixpoint reach (w : list Q) : Q :=
  match w with [] => 1 | q :: w' => (Qabs.Qabs q + 1) + reach w' end.

Lemma reach_positive : forall w, (0 < reach w)%Q.
Proof.
  induction w as [|q w IH]; [reflexivity|]. cbn [reach].
  assert (H := Qabs.Qabs_nonneg q). apply Qlt_le_trans with (0 + reach w)%Q.
  - now rewrite Qplus_0_l.
  - apply Qplus_le_compat; [|apply Qle_refl].
    apply Qle_trans with (Qabs.Qabs q + 0)%Q; [now rewrite Qplus_0_r|].
    apply Qplus_le_compat; [apply Qle_refl|discriminate].
Qed.

Lemma within_rational : forall q e v,
  within K e v -> within K (of (Qabs.Qabs q + 1)%Q * e) (of q * v).
Proof.
  assert (G : forall q e v, (0 <= q)%Q -> within K e v -> within K (of (q + 1)%Q * e) (of q * v)).
  { intros q e v Q W. assert (E := within_positive _ _ W). destruct W as [A B].
    rewrite rational_plus, rational_one. apply Qle_lteq in Q. destruct Q as [Q|Q].
    - assert (P := rational_positive K _ Q). split.
      + replace ((of q + 1) * e - of q * v) with (of q * (e - v) + e) by ring.
        apply positive_plus; [now apply positive_times|assumption].
      + replace ((of q + 1) * e + of q * v) with (of q * (e + v) + e) by ring.
        apply positive_plus; [now apply positive_times|assumption].
    - rewrite (rational_equal K q 0) by now symmetry. rewrite rational_zero.
      split; [replace ((0 + 1) * e - 0 * v) with e by ring|
        replace ((0 + 1) * e + 0 * v) with e by ring]; assumption. }
  intros q e v W. destruct (Qlt_le_dec q 0) as [Q|Q].
  - rewrite (rational_equal K (Qabs.Qabs q + 1) (- q + 1)).
    + replace (of q * v) with (of (Qopp q) * - v) by (rewrite rational_opposite; ring).
      apply G; [|now apply within_opposite]. apply Qlt_le_weak in Q.
      apply (Qopp_le_compat q 0) in Q. exact Q.
    + rewrite Qabs.Qabs_neg; [reflexivity|now apply Qlt_le_weak].
  - rewrite (rational_equal K (Qabs.Qabs q + 1) (q + 1)); [now apply G|].
    rewrite Qabs.Qabs_pos; [reflexivity|assumption].
Qed.

Lemma dot_near : forall w e x y, pos e -> near K e x y ->
  within K (of (reach w) * e) (dot K w y - dot K w x).
Proof.
  induction w as [|q w IH]; intros e x y E N.
  - simpl. rewrite rational_one. replace (1 * e) with e by ring. now apply within_zero.
  - destruct N as [|a b x y W N].
    + rewrite !dot_nothing. apply within_zero. apply positive_times; [|assumption].
      apply rational_positive, reach_positive.
    + cbn [dot reach]. rewrite rational_plus.
      replace ((of (Qabs.Qabs q + 1)%Q + of (reach w)) * e)
        with (of (Qabs.Qabs q + 1)%Q * e + of (reach w) * e) by ring.
      replace (of q * b + dot K w y - (of q * a + dot K w x))
        with (of q * (b - a) + (dot K w y - dot K w x)) by ring.
      apply within_plus; [now apply within_rational|now apply IH].
Qed.

Lemma reach_cancels : forall w a, of (reach w) * (of (/ reach w)%Q * a) = a.
Proof.
  intros w a. replace (of (reach w) * (of (/ reach w)%Q * a))
    with (of (reach w) * of (/ reach w)%Q * a) by ring.
  rewrite <- rational_times, (rational_equal K _ 1).
  - rewrite rational_one. ring.
  - apply Qmult_inv_r. intro Z. assert (R := reach_positive w). rewrite Z in R. discriminate.
Qed.

Lemma value_near : forall f x, pos (value K f x) ->
  exists e, pos e /\ forall y, near K e x y -> pos (value K f y).
Proof.
  intros f x P. set (e := of (/ reach (normal f))%Q * value K f x).
  assert (E : pos e).
  { unfold e. rewrite positive_scale; [assumption|]. apply Qinv_lt_0_compat, reach_positive. }
  exists e. split; [assumption|]. intros y N.
  destruct (dot_near (normal f) e x y E N) as [_ M]. unfold e in M. rewrite reach_cancels in M.
  replace (value K f y) with (value K f x + (dot K (normal f) y - dot K (normal f) x));
    [assumption|]. unfold value. ring.
Qed.

Lemma near_less : forall e1 e2 x y, pos (e2 - e1) -> near K e1 x y -> near K e2 x y.
Proof.
  intros e1 e2 x y L N. induction N as [|a b x y [A B] N IH]; constructor; [|exact IH].
  split.
  - replace (e2 - (b - a)) with ((e2 - e1) + (e1 - (b - a))) by ring. now apply positive_plus.
  - replace (e2 + (b - a)) with ((e2 - e1) + (e1 + (b - a))) by ring. now apply positive_plus.
Qed.

Lemma less_of_two : forall e1 e2, pos e1 -> pos e2 ->
  exists e, pos e /\ forall x y, near K e x y -> near K e1 x y /\ near K e2 x y.
Proof.
  intros e1 e2 A B. destruct (positive K (e1 - e2)) eqn:P.
  - exists e2. split; [assumption|]. intros x y N. split; [now apply near_less with e2|assumption].
  - exists e1. split; [assumption|]. intros x y N. split; [assumption|].
    destruct (positive K (e2 - e1)) eqn:R; [now apply near_less with e1|].
    replace e2 with e1; [assumption|].
    assert (Z : e1 - e2 = 0).
    { apply trichotomy; [assumption|]. now replace (- (e1 - e2)) with (e2 - e1) by ring. }
    replace e1 with (e1 - e2 + e2) by ring. rewrite Z. ring.
Qed.

Lemma rows_near : forall rows x, inside K rows x ->
  exists e, pos e /\ forall y, near K e x y -> inside K rows y.
Proof.
  induction 1 as [|f rows P H [e [E N]]].
  - exists 1. split; [rewrite <- rational_one; now apply rational_positive|constructor].
  - destruct (value_near f x P) as [e' [E' N']].
    destruct (less_of_two e e' E E') as [m [M L]]. exists m. split; [assumption|].
    intros y Y. apply L in Y as [Y Y']. constructor; [now apply N'|now apply N].
Qed.

Lemma near_itself : forall e x, pos e -> near K e x x.
Proof. intros e x E. induction x; constructor; [now apply within_zero|assumption]. Qed.

Lemma near_length : forall e x y, near K e x y -> length y = length x.
Proof. intros e x y N. induction N; simpl; congruence. Qed.

(** A form that is not constant is larger somewhere near. *)
Lemma larger_near : forall w e x, pos e -> forallb (fun q => Qeq_bool q 0) w = false ->
  length w <= length x -> exists y, near K e x y /\ pos (dot K w y - dot K w x).
Proof.
  induction w as [|q w IH]; intros e [|a x] E W L; try discriminate; [simpl in L; lia|].
  simpl in L. destruct (Qeq_bool q 0) eqn:Z.
  - simpl in W. rewrite Z in W. simpl in W. destruct (IH e x E W) as [y [N P]]; [lia|].
    exists (a :: y). split.
    + constructor; [now apply within_zero|assumption].
    + cbn [dot]. now replace (of q * a + dot K w y - (of q * a + dot K w x))
        with (dot K w y - dot K w x) by ring.
  - assert (H : pos (of (1 # 2)%Q * e)) by now rewrite positive_scale.
    assert (T : e = of (1 # 2)%Q * e + of (1 # 2)%Q * e).
    { replace (of (1 # 2)%Q * e + of (1 # 2)%Q * e) with ((of (1 # 2)%Q + of (1 # 2)%Q) * e) by ring.
      rewrite <- rational_plus, (rational_equal K _ 1) by reflexivity. rewrite rational_one. ring. }
    assert (W1 : within K e (of (1 # 2)%Q * e)).
    { set (h := of (1 # 2)%Q * e) in *. split.
      - now replace (e - h) with h by (rewrite T; ring).
      - now apply positive_plus. }
    destruct (Qlt_le_dec q 0) as [S|S].
    + exists (a + - (of (1 # 2)%Q * e) :: x). split.
      * constructor; [|now apply near_itself].
        replace (a + - (of (1 # 2)%Q * e) - a) with (- (of (1 # 2)%Q * e)) by ring.
        now apply within_opposite.
      * cbn [dot]. replace (of q * (a + - (of (1 # 2)%Q * e)) + dot K w x - (of q * a + dot K w x))
          with (of (Qopp q) * (of (1 # 2)%Q * e)) by (rewrite rational_opposite; ring).
        rewrite positive_scale; [assumption|]. apply Qopp_lt_compat in S. exact S.
    + exists (a + of (1 # 2)%Q * e :: x). split.
      * constructor; [|now apply near_itself].
        now replace (a + of (1 # 2)%Q * e - a) with (of (1 # 2)%Q * e) by ring.
      * cbn [dot]. replace (of q * (a + of (1 # 2)%Q * e) + dot K w x - (of q * a + dot K w x))
          with (of q * (of (1 # 2)%Q * e)) by ring.
        rewrite positive_scale; [assumption|]. apply Qle_lteq in S. destruct S as [S|S]; trivial.
        symmetry in S. apply Qeq_bool_iff in S. congruence.
Qed.

(** ** 7. Soundness: the walk down the tree *)

Variable d : nat.
Variable net : network.

(** What is known of a kink, at all points of the cell [rows]. *)
Definition kink_holds (rows : list form) (z : form) (c : Q) (k : kink) : Prop :=
  match k with
  | Open row => exists s, (0 < s)%Q /\
      forall x, value K row x = of s * (value K z x - of c)
  | Decided side => forall x, inside K rows x -> beyond K (value K z x) (of c) = side
  end.

Definition cell_holds (rows fs : list form) (c : cell) : Prop :=
  (forall x, value K (sum c) x = argument K (owner c) (map (fun f => value K f x) fs)) /\
  Forall2 (kink_holds rows (sum c)) (breakpoints (function (owner c))) (kinks c).

Definition state_holds (rows : list form) (s : state) : Prop :=
  match s with
  | Finished past => forall x, length x = d -> inside K rows x -> pattern_at K net x = rev past
  | At past cs rest => exists fs, Forall (cell_holds rows fs) cs /\
      forall x, length x = d -> inside K rows x ->
        pattern_at K net x = rev past ++ pattern_at K (map owner cs :: rest)
          (map (fun f => value K f x) fs)
  end.

Lemma kink_of_smaller_cell : forall (row : form) rows z (c : Q) k,
  kink_holds rows z c k -> kink_holds (row :: rows) z c k.
Proof.
  intros row rows z c [r|side] H; [exact H|]. intros x I. apply H. now inversion I.
Qed.

Lemma start_holds : forall rows z c, kink_holds rows z c (start z c).
Proof.
  intros. unfold start. destruct (is_constant z) eqn:C.
  - intros x _. unfold beyond, value. rewrite dot_constant by exact C.
    rewrite <- rational_order. f_equal. ring.
  - exists (scale (Form (normal z) (offset z - c))). split; [apply scale_positive|].
    intro x. rewrite value_scaled. f_equal. unfold value. cbn [normal offset].
    rewrite rational_minus. ring.
Qed.

Lemma enter_holds : forall rows fs n, cell_holds rows fs (enter fs n).
Proof.
  intros. split.
  - intro x. cbn [enter sum owner]. rewrite value_combine. unfold argument, value at 2 3.
    simpl dot at 2. cbn [normal offset]. ring.
  - cbn [enter sum owner kinks]. induction (breakpoints (function n)); constructor; trivial.
    apply start_holds.
Qed.

Lemma piece_of_kinks : forall rows z x, inside K rows x -> forall f ks k,
  Forall2 (kink_holds rows z) (breakpoints f) ks -> piece_of ks = Some k ->
  piece K f (value K z x) = k.
Proof.
  intros rows z x I. induction f as [|c s t f IH]; intros ks k H P; inversion H; subst.
  - now inversion P.
  - destruct y as [r|side]; [discriminate|]. cbn [piece_of] in P.
    destruct (piece_of l') eqn:L; [|discriminate]. cbn [piece].
    rewrite (H2 x I). destruct side; inversion P; [f_equal; now apply IH with l'|reflexivity].
Qed.

Lemma image_on_line : forall f z,
  image K f z = of (fst (line f (piece K f z))) * z + of (snd (line f (piece K f z))).
Proof.
  induction f as [|c s t f IH]; intro z; [reflexivity|].
  cbn [image piece]. now destruct (beyond K z (of c)); [rewrite IH|].
Qed.

Lemma value_outcome : forall c k x, piece K (function (owner c)) (value K (sum c) x) = k ->
  value K (outcome c k) x = image K (function (owner c)) (value K (sum c) x).
Proof.
  intros c k x P. unfold outcome. rewrite image_on_line, P.
  destruct (line (function (owner c)) k) as [s t]. rewrite value_plus_scaled.
  unfold value at 2. cbn [normal offset dot fst snd]. ring.
Qed.

Lemma pieces_hold : forall rows fs x, inside K rows x -> forall cs ks,
  Forall (cell_holds rows fs) cs -> pieces cs = Some ks ->
  let ys := map (fun f => value K f x) fs in
  map (fun n => piece K (function n) (argument K n ys)) (map owner cs) = ks /\
  map (fun f => value K f x) (outcomes cs ks) =
    map (fun n => image K (function n) (argument K n ys)) (map owner cs).
Proof.
  intros rows fs x I. induction cs as [|c cs IH]; intros ks H P ys.
  - inversion P. now split.
  - cbn [pieces] in P. destruct (piece_of (kinks c)) as [k|] eqn:E; [|discriminate].
    destruct (pieces cs) as [l|] eqn:L; [|discriminate]. inversion P; subst ks.
    inversion H as [|? ? [V F] G]; subst. destruct (IH l G eq_refl) as [A B].
    assert (Z := piece_of_kinks rows (sum c) x I _ _ _ F E).
    split; cbn [map outcomes].
    + f_equal; [|exact A]. unfold ys. rewrite <- V. exact Z.
    + f_equal; [|exact B]. unfold ys. rewrite <- V. now apply value_outcome.
Qed.

Lemma settle_holds : forall rows rest past cs,
  state_holds rows (At past cs rest) -> state_holds rows (settle rest past cs).
Proof.
  intros rows. induction rest as [|ns rest IH]; intros past cs H; cbn [settle];
    destruct (pieces cs) as [ks|] eqn:P; try exact H; destruct H as [fs [C E]].
  - intros x L I. rewrite E by assumption. cbn [pattern_at rev].
    destruct (pieces_hold rows fs x I cs ks C P) as [A _]. now rewrite A.
  - apply IH. exists (outcomes cs ks). split.
    + apply Forall_map, Forall_forall. intros. apply enter_holds.
    + intros x L I. rewrite E by assumption. cbn [rev]. rewrite <- app_assoc. f_equal.
      destruct (pieces_hold rows fs x I cs ks C P) as [A B].
      rewrite map_map. cbn [enter owner]. rewrite map_id.
      set (tail := ns :: rest). cbn [pattern_at app]. rewrite A, B. reflexivity.
Qed.

Lemma map_update : forall A B (h : A -> B) (g : A -> A) l n, (forall a, h (g a) = h a) ->
  map h (update n g l) = map h l.
Proof.
  intros A B h g l. induction l as [|a l IH]; intros [|n] H; simpl; f_equal; auto.
Qed.

Lemma Forall_update : forall A (P R : A -> Prop) g l n, Forall P l ->
  (forall a, P a -> R a) -> (forall a, nth_error l n = Some a -> R (g a)) ->
  Forall R (update n g l).
Proof.
  intros A P R g l n H. revert n. induction H as [|a l Pa H IH]; intros [|n] W G; simpl;
    constructor; auto.
  eapply Forall_impl; [|exact H]. auto.
Qed.

Lemma Forall2_weaker : forall A B (P R : A -> B -> Prop) l m, (forall a b, P a b -> R a b) ->
  Forall2 P l m -> Forall2 R l m.
Proof. intros A B P R l m W H. induction H; constructor; auto. Qed.

Lemma Forall2_update : forall A B (P R : A -> B -> Prop) g l m n, Forall2 P l m ->
  (forall a b, P a b -> R a b) ->
  (forall a b, nth_error l n = Some a -> nth_error m n = Some b -> P a b -> R a (g b)) ->
  Forall2 R l (update n g m).
Proof.
  intros A B P R g l m n H. revert n. induction H as [|a b l m Pab H IH]; intros [|n] W G; simpl;
    constructor; auto.
  now apply Forall2_weaker with P.
Qed.

Lemma Forall2_nth : forall A B (P : A -> B -> Prop) l m n b, Forall2 P l m ->
  nth_error m n = Some b -> exists a, nth_error l n = Some a /\ P a b.
Proof.
  intros A B P l m n b H. revert n. induction H as [|x y l m Pxy H IH]; intros [|n] E;
    try discriminate; simpl in *; [inversion E; subst; now exists x|now apply IH].
Qed.

(** An undecided kink: which neuron, which breakpoint, and how its row has its sign. *)
Lemma open_row_holds : forall rows fs n b cs f, Forall (cell_holds rows fs) cs ->
  open_row d n b cs = Some f ->
  is_constant f = false /\ length (normal f) <= d /\
  exists cell c s, nth_error cs n = Some cell /\ cell_holds rows fs cell /\
    nth_error (breakpoints (function (owner cell))) b = Some c /\
    increasing (breakpoints (function (owner cell))) = true /\ (0 < s)%Q /\
    forall x, value K f x = of s * (value K (sum cell) x - of c).
Proof.
  intros rows fs n b cs f H O. unfold open_row in O.
  destruct (nth_error cs n) as [cell|] eqn:N; [|discriminate].
  destruct (nth_error (kinks cell) b) as [[row|]|] eqn:B; try discriminate.
  destruct (is_constant row) eqn:C; [discriminate|]. cbn [negb] in O.
  destruct (length (normal row) <=? d) eqn:L; [|discriminate].
  destruct (increasing (breakpoints (function (owner cell)))) eqn:I; [|discriminate].
  inversion O; subst row. apply Nat.leb_le in L.
  assert (G : cell_holds rows fs cell).
  { rewrite Forall_forall in H. apply H. eapply nth_error_In. exact N. }
  destruct (Forall2_nth _ _ _ _ _ _ _ (proj2 G) B) as [c [E [s [S V]]]].
  split; [exact C|]. split; [exact L|]. now exists cell, c, s.
Qed.

Lemma decide_holds : forall rows past cs rest n b f (side : bool),
  state_holds rows (At past cs rest) -> open_row d n b cs = Some f ->
  state_holds ((if side then f else negated f) :: rows)
    (settle rest past (decide n b side cs)).
Proof.
  intros rows past cs rest n b f side [fs [C E]] O.
  destruct (open_row_holds rows fs n b cs f C O) as
    [_ [_ [cell [c [s [N [G [B [_ [S V]]]]]]]]]].
  apply settle_holds. exists fs. split.
  - unfold decide. apply Forall_update with (P := cell_holds rows fs); [exact C| |].
    + intros a [A F]. split; [exact A|]. eapply Forall2_weaker; [|exact F].
      intros. now apply kink_of_smaller_cell.
    + intros a Na. rewrite N in Na. inversion Na; subst a. destruct G as [A F].
      split; [exact A|]. cbn [owner sum kinks].
      apply Forall2_update with (P := kink_holds rows (sum cell)); [exact F| |].
      * intros. now apply kink_of_smaller_cell.
      * intros c' k Nc _ _. rewrite B in Nc. inversion Nc; subst c'.
        intros x I. inversion I as [|? ? P _]; subst. unfold beyond. destruct side.
        -- rewrite V, positive_scale in P by exact S. exact P.
        -- rewrite value_negated, V in P.
           destruct (positive K (value K (sum cell) x - of c)) eqn:Z; [|reflexivity].
           exfalso. rewrite <- (positive_scale s) in Z by exact S. exact (never_both _ Z P).
  - intros x L I. rewrite E; [|exact L|now inversion I]. unfold decide.
    rewrite map_update by reflexivity. reflexivity.
Qed.

(** At a breakpoint the piece is the left one, just beyond it is another one. *)
Lemma piece_at : forall f b c, nth_error (breakpoints f) b = Some c ->
  forall z, beyond K z (of c) = false -> piece K f z <= b.
Proof.
  induction f as [|c0 s t f IH]; intros [|b] c E z Z; try discriminate; cbn in E |- *.
  - inversion E; subst. now rewrite Z.
  - destruct (beyond K z (of c0)); [|lia]. apply le_n_S. now apply (IH b c).
Qed.

Lemma piece_beyond : forall f b c, increasing (breakpoints f) = true ->
  nth_error (breakpoints f) b = Some c ->
  forall z, beyond K z (of c) = true -> b < piece K f z.
Proof.
  induction f as [|c0 s t f IH]; intros [|b] c I E z Z; try discriminate; cbn in E, I |- *;
    apply andb_prop in I as [I J].
  - inversion E; subst. rewrite Z. lia.
  - assert (Y : beyond K z (of c0) = true).
    { rewrite forallb_forall in I. specialize (I c (nth_error_In _ _ E)).
      unfold beyond in *. destruct (positive K (of c - of c0)) eqn:P.
      - replace (z - of c0) with (z - of c + (of c - of c0)) by ring. now apply positive_plus.
      - assert (M := rational_order c0 c). rewrite I in M. simpl in M.
        replace (of c0) with (of c); [exact Z|].
        assert (D : of c - of c0 = 0).
        { apply trichotomy; [exact P|]. now replace (- (of c - of c0)) with (of c0 - of c) by ring. }
        replace (of c) with (of c - of c0 + of c0) by ring. rewrite D. ring. }
    rewrite Y. apply -> Nat.succ_lt_mono. now apply (IH b c).
Qed.

(** No undecided kink vanishes where the pattern is stable. *)
Lemma stable_is_beside : forall rows past cs rest n b f x,
  state_holds rows (At past cs rest) -> open_row d n b cs = Some f ->
  length x = d -> inside K rows x -> stable K net x -> value K f x <> 0.
Proof.
  intros rows past cs rest n b f x [fs [C E]] O L I [e [P S]] Z.
  destruct (open_row_holds rows fs n b cs f C O) as
    [NC [LF [cell [c [s [N [[A F] [B [INC [SP V]]]]]]]]]].
  destruct (rows_near rows x I) as [e' [P' S']].
  destruct (less_of_two e e' P P') as [m [M LESS]].
  destruct (larger_near (normal f) m x M NC) as [y [Y G]]; [lia|].
  apply LESS in Y as [Y Y'].
  assert (T := S y Y). rewrite !E in T; try assumption;
    [|now rewrite (near_length e x y Y)|now apply S'].
  apply app_inv_head in T. cbn [pattern_at] in T. apply (f_equal (hd [])) in T. cbn [hd] in T.
  rewrite !map_map in T. apply (f_equal (fun l => nth_error l n)) in T.
  rewrite !nth_error_map, N in T. cbn [option_map] in T. rewrite <- !A in T. inversion T as [T'].
  assert (Vx := V x). rewrite Z in Vx.
  assert (HY : beyond K (value K (sum cell) y) (of c) = true).
  { unfold beyond. rewrite <- (positive_scale s) by exact SP. rewrite <- V.
    replace (value K f y) with (value K f x + (dot K (normal f) y - dot K (normal f) x))
      by (unfold value; ring).
    rewrite Z. now replace (0 + (dot K (normal f) y - dot K (normal f) x))
      with (dot K (normal f) y - dot K (normal f) x) by ring. }
  assert (HX : beyond K (value K (sum cell) x) (of c) = false).
  { unfold beyond. rewrite <- (positive_scale s) by exact SP. rewrite <- Vx.
    apply zero_is_not_positive. }
  apply (piece_beyond _ b c INC B) in HY. apply (piece_at _ b c B) in HX. lia.
Qed.

Lemma total_positive : forall rows x, inside K rows x -> forall ys f, total rows ys = Some f ->
  match ys with [] => value K f x = 0 | _ => pos (value K f x) end.
Proof.
  intros rows x I. induction ys as [|[i q] ys IH]; intros f T.
  - inversion T. unfold value. simpl. rewrite rational_zero. ring.
  - cbn [total] in T. destruct (nth_error rows i) as [row|] eqn:N; [|discriminate].
    destruct (total rows ys) as [g|]; [|discriminate].
    destruct (Qle_bool q 0) eqn:Q; [discriminate|]. inversion T. rewrite value_plus_scaled.
    assert (R : pos (value K row x)).
    { unfold inside in I. rewrite Forall_forall in I. apply I. eapply nth_error_In. exact N. }
    assert (S : pos (of q * value K row x)).
    { apply positive_times; [|exact R]. now rewrite rational_sign, Q. }
    specialize (IH g eq_refl). destruct ys as [|y ys].
    + rewrite IH. now replace (of q * value K row x + 0) with (of q * value K row x) by ring.
    + now apply positive_plus.
Qed.

Lemma refuted : forall ys rows x, refutes ys rows = true -> inside K rows x -> False.
Proof.
  intros ys rows x R I. unfold refutes in R. destruct ys as [|y ys]; [discriminate|].
  destruct (total rows (y :: ys)) as [f|] eqn:T; [|discriminate].
  apply andb_prop in R as [C N]. assert (P := total_positive rows x I _ _ T). cbn in P.
  unfold value in P. rewrite dot_constant in P by exact C.
  replace (0 + of (offset f)) with (of (offset f)) in P by ring.
  rewrite rational_sign, N in P. discriminate.
Qed.

Definition occurs (rows : list form) (p : pattern) : Prop :=
  exists x, length x = d /\ inside K rows x /\ stable K net x /\ pattern_at K net x = p.

Lemma sides : forall f x, value K f x <> 0 -> pos (value K f x) \/ pos (value K (negated f) x).
Proof.
  intros f x N. rewrite value_negated. destruct (positive K (value K f x)) eqn:P; [now left|].
  right. destruct (positive K (- value K f x)) eqn:M; [reflexivity|].
  exfalso. now apply N, trichotomy.
Qed.

Lemma walk_sound : forall t rows s ps, state_holds rows s -> walk d t rows s = Some ps ->
  forall p, In p ps <-> occurs rows p.
Proof.
  assert (SMALLER : forall row rows p, occurs (row :: rows) p -> occurs rows p).
  { intros row rows p [x [L [I [S P]]]]. exists x. inversion I. now repeat split. }
  induction t as [x|n b below IHb above IHa|n b ys child IH|n b ys child IH];
    intros rows s ps H W p; destruct s as [past|past cs rest]; try discriminate; cbn [walk] in W.
  - destruct ((length x =? d) && forallb (holds_at x) rows) eqn:O; [|discriminate].
    apply andb_prop in O as [L O]. apply Nat.eqb_eq in L. inversion W; subst ps.
    rewrite <- (map_length (rational K) x) in L. set (v := map (rational K) x) in *.
    assert (I : inside K rows v).
    { apply Forall_forall. intros f F. rewrite forallb_forall in O. unfold v.
      rewrite <- holds_at_value. now apply O. }
    split.
    + intros [E|[]]. exists v. repeat split; try assumption; [|now rewrite H].
      destruct (rows_near rows v I) as [e [P N]]. exists e. split; [exact P|].
      intros y Y. rewrite !H; try assumption; [reflexivity| |now apply N].
      now rewrite (near_length e v y Y).
    + intros [y [Ly [Iy [_ E]]]]. left. rewrite H in E by assumption. exact E.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (walk d below _ _) as [l|] eqn:B; [|discriminate].
    destruct (walk d above _ _) as [r|] eqn:A; [|discriminate]. inversion W; subst ps.
    assert (Db := decide_holds rows past cs rest n b f false H O).
    assert (Da := decide_holds rows past cs rest n b f true H O).
    specialize (IHb _ _ _ Db B p). specialize (IHa _ _ _ Da A p).
    rewrite in_app_iff, IHb, IHa. split.
    + intros [X|X]; now apply SMALLER in X.
    + intros [x [L [I [S P]]]].
      destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ H O L I S)) as [X|X].
      * right. exists x. repeat split; trivial. now constructor.
      * left. exists x. repeat split; trivial. now constructor.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (refutes ys (f :: rows)) eqn:R; [|discriminate].
    assert (D := decide_holds rows past cs rest n b f false H O).
    rewrite (IH _ _ _ D W p). split; [apply SMALLER|].
    intros [x [L [I [S P]]]]. exists x. repeat split; trivial. constructor; [|exact I].
    destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ H O L I S)) as [X|X]; trivial.
    exfalso. apply (refuted ys (f :: rows) x R). now constructor.
  - destruct (open_row d n b cs) as [f|] eqn:O; [|discriminate].
    destruct (refutes ys (negated f :: rows)) eqn:R; [|discriminate].
    assert (D := decide_holds rows past cs rest n b f true H O).
    rewrite (IH _ _ _ D W p). split; [apply SMALLER|].
    intros [x [L [I [S P]]]]. exists x. repeat split; trivial. constructor; [|exact I].
    destruct (sides f x (stable_is_beside _ _ _ _ _ _ _ _ H O L I S)) as [X|X]; trivial.
    exfalso. apply (refuted ys (negated f :: rows) x R). now constructor.
Qed.

Lemma inside_scaled : forall domain x, inside K (map scaled domain) x <-> inside K domain x.
Proof.
  intros. unfold inside. rewrite Forall_map, !Forall_forall.
  split; intros H f F; specialize (H f F); rewrite value_scaled, positive_scale in *;
    trivial; apply scale_positive.
Qed.

End Soundness.

Lemma ascending_differ : forall l, ascending l = true -> NoDup l.
Proof.
  intros l H.
  assert (S : StronglySorted Z.lt l).
  { apply Sorted_StronglySorted; [exact Z.lt_trans|].
    induction l as [|a [|b l] IH]; [constructor|repeat constructor|].
    apply andb_prop in H as [A B]. constructor; [now apply IH|].
    constructor. now apply Z.ltb_lt. }
  clear H. induction S as [|a l S IH F]; constructor; [|exact IH].
  intro I. rewrite Forall_forall in F. apply (Z.lt_irrefl a). now apply F.
Qed.

(** What [check] accepts is true: the patterns that it returns are pairwise different, and they
    are exactly those of the regions. *)
Theorem check_sound : forall d net domain t ps, check d net domain t = Some ps ->
  NoDup ps /\
  forall (K : numbers) (p : pattern), In p ps <-> is_region K d net domain p.
Proof.
  intros d net domain t ps C. unfold check in C. destruct net as [|ns rest]; [discriminate|].
  destruct (walk d t _ _) as [l|] eqn:W; [|discriminate].
  destruct (ascending (Sorting.sort (map key l))) eqn:A; [|discriminate].
  inversion C; subst l. split.
  - apply (NoDup_map_inv key). apply (Permutation_NoDup (l := Sorting.sort (map key ps))).
    + apply Permutation_sym, Sorting.Permuted_sort.
    + now apply ascending_differ.
  - intros K p.
    assert (H : state_holds K d (ns :: rest) (map scaled domain)
                  (settle rest [] (map (enter (inputs d)) ns))).
    { apply settle_holds. exists (inputs d). split.
      - apply Forall_map, Forall_forall. intros. apply enter_holds.
      - intros x L _. rewrite map_map. cbn [owner enter rev app]. rewrite map_id, <- L.
        now rewrite values_of_inputs. }
    rewrite (walk_sound K d (ns :: rest) t _ _ _ H W p). unfold occurs, is_region.
    split; intros [x [L [I R]]]; exists x; split; trivial; split; trivial;
      now apply inside_scaled.
Qed.

Theorem check_texts_sound : forall d net domain lines ps,
  check_texts d net domain lines = Some ps ->
  NoDup ps /\
  forall (K : numbers) (p : pattern), In p ps <-> is_region K d net domain p.
Proof.
  intros d net domain lines ps C. unfold check_texts in C.
  destruct (read_tree _ _ _) as [[t [|]]|]; try discriminate. now apply check_sound in C.
Qed.

(** Patterns that are not in a list, for small networks. *)
Fixpoint choices (options : list nat) : list (list nat) :=
  match options with
  | [] => [[]]
  | n :: r => flat_map (fun k => map (cons k) (choices r)) (seq 0 n)
  end.

Fixpoint number_of_pieces (f : activation) : nat :=
  match f with Last _ _ => 1 | UpTo _ _ _ next => S (number_of_pieces next) end.

(** All combinations of pieces. *)
Fixpoint all_patterns (net : network) : list pattern :=
  match net with
  | [] => [[]]
  | ns :: rest =>
      flat_map (fun ks => map (cons ks) (all_patterns rest))
        (choices (map (fun n => number_of_pieces (function n)) ns))
  end.

Definition same_pattern : forall p q : pattern, {p = q} + {p <> q} :=
  list_eq_dec (list_eq_dec Nat.eq_dec).

Definition missing_patterns (net : network) (found : list pattern) : list pattern :=
  filter (fun p => if in_dec same_pattern p found then false else true) (all_patterns net).

Lemma missing_is_not_found : forall net found p,
  In p (missing_patterns net found) -> ~ In p found.
Proof.
  intros net found p I. apply filter_In in I as [_ I]. now destruct (in_dec same_pattern p found).
Qed.

(** ** 8. The rational numbers and the real numbers *)

Lemma canonical_order : forall q, Qle_bool (Q2Qc q) 0 = Qle_bool q 0.
Proof.
  intro q. apply eq_true_iff_eq. rewrite !Qle_bool_iff. unfold Q2Qc. cbn [this].
  now rewrite Qred_correct.
Qed.

Lemma order_is_strict : forall q, negb (Qle_bool q 0) = true <-> (0 < q)%Q.
Proof.
  intro q. rewrite negb_true_iff. split; intro H.
  - apply Qnot_le_lt. intro L. apply Qle_bool_iff in L. congruence.
  - destruct (Qle_bool q 0) eqn:E; [|reflexivity]. apply Qle_bool_iff in E. exfalso.
    exact (Qle_not_lt _ _ E H).
Qed.

Definition rational_numbers : numbers.
Proof.
  refine {| number := Qc; zero := 0%Qc; one := 1%Qc; plus := Qcplus; times := Qcmult;
    minus := Qcminus; opposite := Qcopp; ring_laws := Qcrt;
    positive := fun a => negb (Qle_bool a 0); rational := Q2Qc |}; try reflexivity;
    unfold Qcplus, Qcmult, Qcopp.
  - intros a b. rewrite canonical_order, !order_is_strict. intros A B.
    rewrite <- (Qplus_0_l 0). apply Qplus_lt_le_compat; [exact A|now apply Qlt_le_weak].
  - intros a b. rewrite canonical_order, !order_is_strict. apply Qmult_lt_0_compat.
  - intro a. rewrite canonical_order, order_is_strict, negb_false_iff, Qle_bool_iff. intro A.
    apply (Qopp_le_compat 0 a). now apply Qlt_le_weak.
  - intro a. rewrite canonical_order, !negb_false_iff, !Qle_bool_iff. intros A B.
    apply Qc_is_canon. apply Qle_antisym; [exact A|]. apply Qopp_le_compat in B.
    rewrite Qopp_involutive in B. exact B.
  - intros p q. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intros p q. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intros p q E. apply Qc_is_canon. unfold Q2Qc. cbn [this]. now rewrite !Qred_correct.
  - intro q. now rewrite canonical_order, order_is_strict.
Defined.

Definition real_numbers : numbers.
Proof.
  refine {| number := R; zero := 0%R; one := 1%R; plus := Rplus; times := Rmult;
    minus := Rminus; opposite := Ropp; ring_laws := RTheory;
    positive := fun a => if Rlt_dec 0 a then true else false; rational := Q2R |}.
  - intros a b. destruct (Rlt_dec 0 a), (Rlt_dec 0 b), (Rlt_dec 0 (a + b)); trivial; try discriminate.
    intros _ _. exfalso. now apply n, Rplus_lt_0_compat.
  - intros a b. destruct (Rlt_dec 0 a), (Rlt_dec 0 b), (Rlt_dec 0 (a * b)); trivial; try discriminate.
    intros _ _. exfalso. now apply n, Rmult_lt_0_compat.
  - intros a. destruct (Rlt_dec 0 a) as [A|]; [|discriminate]. intros _.
    destruct (Rlt_dec 0 (- a)) as [B|]; [|reflexivity]. exfalso.
    lra.
  - intros a. destruct (Rlt_dec 0 a) as [|A]; [discriminate|].
    destruct (Rlt_dec 0 (- a)) as [|B]; [discriminate|]. intros _ _.
    lra.
  - exact Q2R_0.
  - exact Q2R_1.
  - exact Q2R_plus.
  - exact Q2R_mult.
  - exact Qeq_eqR.
  - intros q P. destruct (Rlt_dec 0 (Q2R q)) as [|N]; [reflexivity|]. exfalso. apply N.
    rewrite <- Q2R_0. now apply Qlt_Rlt.
Defined.
